/// The part of an English word that its forms share: "investment", "invested" and "invest" are one.
enum Stem {
    /// Longest first, so that "izations" goes before "s".
    private static let endings = [
        "izations", "ization", "ations", "ation", "ements", "ement", "ating", "ments", "ities", "ment", "ings", "edly",
        "ally", "ated", "ates", "izes", "ized", "ions", "ing", "ate", "ity", "ize", "ion", "ies", "ied", "ers", "ors",
        "als", "er", "or", "al", "ly", "es", "ed", "s", "e", "y",
    ].map(Array.init)

    /// - Parameter word: in lower case.
    static func of(_ word: String) -> String {
        var letters = Array(word)
        for mark in ["'s", "’s"] where word.hasSuffix(mark) { letters.removeLast(2) }
        guard letters.count > 3, letters.allSatisfy(\.isLetter) else { return String(letters) }
        if letters.hasSuffix(Array("ss")) { return String(letters) }
        for ending in endings where letters.count - ending.count >= 3 && letters.hasSuffix(ending) {
            letters.removeLast(ending.count)
            break
        }
        // "stopping" and "stop".
        if letters.count > 3, letters[letters.count - 1] == letters[letters.count - 2] { letters.removeLast() }
        return String(letters)
    }

    /// The stems of a name's or a text's words: `fromDate`, `from_date` and "from date" alike.
    static func all(in text: String) -> [String] {
        words(in: text).map(of)
    }

    /// The words of a name, also of one that is written without anything between them: `minmagnitude`, `starttime`.
    static func nameWords(in name: String) -> [String] {
        let words = words(in: name)
        guard words.count == 1, let word = words.first, word.allSatisfy(\.isLetter) else { return words }
        for ending in compoundEndings where word.hasSuffix(ending) && word.count >= ending.count + 4 {
            return [String(word.dropLast(ending.count)), ending]
        }
        // Not "minute" and "maximum".
        for opening in compoundOpenings where word.hasPrefix(opening) && word.count >= opening.count + 5 {
            return [opening, String(word.dropFirst(opening.count))]
        }
        return words
    }

    private static let compoundOpenings = ["min", "max", "start", "end"]
    private static let compoundEndings = ["time", "date", "code", "name", "id"]

    /// The words of a name or a text, in lower case.
    static func words(in text: String) -> [String] {
        var words: [String] = []
        var current = ""
        var previous: Character = " "
        for character in text {
            let isPart = character.isLetter || (character.isNumber && !character.isLetter)
            let begins =
                (character.isUppercase && previous.isLowercase) || (character.isNumber && previous.isLetter)
                || (character.isLetter && previous.isNumber)
            if !isPart || begins, !current.isEmpty {
                words.append(current.lowercased())
                current = ""
            }
            if isPart { current.append(character) }
            previous = character
        }
        if !current.isEmpty { words.append(current.lowercased()) }
        return words
    }
}

extension Array where Element: Equatable {
    func hasSuffix(_ other: [Element]) -> Bool {
        count >= other.count && Array(suffix(other.count)) == other
    }
}
