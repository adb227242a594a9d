import Languages
import Stemming

/// The part of a word that its forms share: "investment", "invested" and "invest" are one.
package struct Stem: Sendable {
    private let language: String
    private let forms: WordForms

    /// - Parameter language: ISO 639-1; of a language without a stemmer, words are their own stems.
    init(_ forms: WordForms, language: String) {
        self.forms = forms
        self.language = language
    }

    /// - Parameter word: in lower case.
    package func of(_ word: String) -> String {
        let mark = forms.possessives.first(where: word.hasSuffix)
        let word = mark.map { String(word.dropLast($0.count)) } ?? word
        return Stemmer.lend(language) { $0?.stem(word) } ?? word
    }

    /// The stems of a name's or a text's words: `fromDate`, `from_date` and "from date" alike.
    package func all(in text: String) -> [String] {
        Self.words(in: text).map(of)
    }

    /// The words of a name, also of one that is written without anything between them: `minmagnitude`, `starttime`.
    package func nameWords(in name: String) -> [String] {
        let words = Self.words(in: name)
        guard words.count == 1, let word = words.first, word.allSatisfy(\.isLetter) else { return words }
        for ending in forms.compoundEndings where word.hasSuffix(ending) && word.count >= ending.count + 4 {
            return [String(word.dropLast(ending.count)), ending]
        }
        // Not "minute" and "maximum".
        for opening in forms.compoundOpenings where word.hasPrefix(opening) && word.count >= opening.count + 5 {
            return [opening, String(word.dropFirst(opening.count))]
        }
        return words
    }

    /// Letters of a word that is the beginning of another at least.
    private static let leastBeginning = 5

    /// Whether two stems are equal, or one begins the other: "weigh" and "weight".
    package static func areAlike(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        let (short, long) = one.count < other.count ? (one, other) : (other, one)
        return short.count >= leastBeginning && long.hasPrefix(short)
    }

    /// The words of a name or a text, in lower case.
    package static func words(in text: String) -> [String] {
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
