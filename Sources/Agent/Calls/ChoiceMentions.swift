import Core

/// Which of an enumeration's values a question names.
struct ChoiceMentions: Sendable {
    private let names: [(choice: String, words: [String], isSymbol: Bool)]

    /// - Parameter schema: a schema with an `enum` of strings. Its extension `x-squire-aliases` gives other names of
    ///   the values: `{"kilometer": ["km"]}`.
    init(_ choices: [String], schema: JSONValue) {
        var names = choices.map { (choice: $0, words: Self.words($0), isSymbol: false) }
        for (choice, aliases) in schema["x-squire-aliases"]?.object ?? [:] where choices.contains(choice) {
            for alias in aliases.array?.compactMap(\.string) ?? [] {
                let isSymbol = alias.count <= 3 || alias.contains { $0.isUppercase }
                names.append((choice, isSymbol ? [alias] : Self.words(alias), isSymbol))
            }
        }
        self.names = names.filter { !$0.words.isEmpty }
    }

    /// A value, and where in the words it is named.
    struct Mention: Sendable, Hashable {
        var choice: String
        var words: Range<Int>
    }

    /// The values that the words name, in the order they are named; each once.
    func find(in words: [Mentions.Word]) -> [Mention] {
        let spoken = words.map { Self.normal($0.text) }
        var found: [Mention] = []
        for name in names where name.words.count <= spoken.count {
            for start in 0...(spoken.count - name.words.count) {
                let range = start..<(start + name.words.count)
                let isNamed =
                    name.isSymbol
                    ? Self.isSymbol(name.words[0], at: start, in: words)
                    : zip(name.words, spoken[range]).allSatisfy(Self.isSame)
                guard isNamed else { continue }
                found.append(Mention(choice: name.choice, words: range))
                break
            }
        }
        // "square metre" names one unit and not also "metre"; the better of two spellings wins.
        found = found.filter { one in
            !found.contains { $0.words.count > one.words.count && $0.words.overlaps(one.words) }
        }
        var seen: Set<String> = []
        var taken: Set<Int> = []
        return found.sorted { $0.words.lowerBound < $1.words.lowerBound }
            .filter { seen.insert($0.choice).inserted && taken.insert($0.words.lowerBound).inserted }
    }

    /// Symbols are as short as everyday words ("in", "a"): one counts where a number, "to", "in" or "many" stands before
    /// it, and the everyday words only after a number.
    private static func isSymbol(_ symbol: String, at index: Int, in words: [Mentions.Word]) -> Bool {
        let text = words[index].text
        let everyday: Set = ["in", "a", "at", "as", "is", "to", "am", "pm", "i", "do", "no", "me", "us", "are", "so"]
        // "26km" is one word to the reader of words.
        if let digits = text.firstIndex(where: { !$0.isNumber && $0 != "." && $0 != "," }), digits > text.startIndex {
            return text[digits...] == symbol || text[digits...].lowercased() == symbol.lowercased()
        }
        guard text == symbol || (symbol.count > 1 && text.lowercased() == symbol.lowercased()) else { return false }
        guard index > 0 else { return false }
        let before = words[index - 1].text.lowercased()
        let isAfterNumber =
            before.allSatisfy { $0.isNumber || ".,-".contains($0) } || NumberWords.value(of: before) != nil
        if everyday.contains(text.lowercased()) { return isAfterNumber }
        return symbol.count > 2 || isAfterNumber
            || ["to", "in", "into", "many", "much", "of", "°", "degrees"].contains(before)
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: { " _-".contains($0) }).map { normal(String($0)) }
    }

    /// Lower case, singular, and one spelling for -re and -er.
    private static func normal(_ word: String) -> String {
        var word = word.lowercased()
        if word == "feet" { return "foot" }
        if word.count > 4, word.hasSuffix("ies") {
            word = word.dropLast(3) + "y"
        } else if word.count > 4, word.hasSuffix("ches") || word.hasSuffix("shes") || word.hasSuffix("xes") {
            word.removeLast(2)
        } else if word.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us") {
            word.removeLast()
        }
        if word.count > 4, word.hasSuffix("re") { word = word.dropLast(2) + "er" }
        return word
    }

    /// Equal, or one letter apart in words long enough for that to be a slip.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        guard a.count >= 6, b.count >= 6, abs(a.count - b.count) <= 1, a.first == b.first else { return false }
        let (short, long) = a.count <= b.count ? (Array(a), Array(b)) : (Array(b), Array(a))
        let head = zip(short, long).prefix { $0 == $1 }.count
        let tail = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
        return head + tail >= long.count - 1
    }
}
