import Core
import Languages
import Understanding

/// The values of an enumeration that a question names by their names or by the other names that a document gives them
/// (`x-squire-aliases`: `{"kilometer": ["km"]}`).
struct ChoiceAliases: Sendable {
    private let names: [(choice: String, words: [String], isSymbol: Bool)]
    private let language: QuestionLanguage

    /// - Parameter schema: has an `enum` of strings.
    /// - Returns: nil where it gives no other names.
    init?(_ schema: JSONValue, in language: QuestionLanguage) {
        guard let aliases = schema["x-squire-aliases"]?.object, !aliases.isEmpty else { return nil }
        let choices = schema["enum"]?.array?.compactMap(\.string) ?? []
        self.language = language
        func words(_ text: String) -> [String] {
            text.split(whereSeparator: { " _-".contains($0) }).map { Self.normal(String($0), language) }
        }
        var names = choices.map { (choice: $0, words: words($0), isSymbol: false) }
        for (choice, aliases) in aliases where choices.contains(choice) {
            for alias in aliases.array?.compactMap(\.string) ?? [] {
                let isSymbol = alias.count <= 3 || alias.contains { $0.isUppercase }
                names.append((choice, isSymbol ? [alias] : words(alias), isSymbol))
            }
        }
        self.names = names.filter { !$0.words.isEmpty }
    }

    /// The value of a name.
    func choice(named name: String) -> String? {
        let words = name.split(separator: " ").map { Self.normal(String($0), language) }
        return names.first { $0.words == words }?.choice
    }

    private struct Mention: Hashable {
        var choice: String
        var words: Range<Int>
    }

    /// The values that the words name, in the order they are named, each once, and where, in characters.
    func find(in words: [Utterance.Word]) -> [(choice: String, range: Range<Int>)] {
        let spoken = words.map { Self.normal($0.text, language) }
        var found: [Mention] = []
        for name in names where name.words.count <= spoken.count {
            for start in 0...(spoken.count - name.words.count) {
                let range = start..<(start + name.words.count)
                let isNamed =
                    name.isSymbol
                    ? isSymbol(name.words[0], at: start, in: words)
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
            .map {
                (
                    $0.choice,
                    words[$0.words.lowerBound].range.lowerBound..<words[$0.words.upperBound - 1].range.upperBound
                )
            }
    }

    /// Symbols are as short as everyday words ("in", "a"): one counts where a number, "to", "in" or "many" stands before
    /// it, and the everyday words only after a number.
    private func isSymbol(_ symbol: String, at index: Int, in words: [Utterance.Word]) -> Bool {
        let text = words[index].text
        // "26km" is one word to the reader of words.
        if let digits = text.firstIndex(where: { !$0.isNumber && $0 != "." && $0 != "," }), digits > text.startIndex {
            return text[digits...] == symbol || text[digits...].lowercased() == symbol.lowercased()
        }
        guard text == symbol || (symbol.count > 1 && text.lowercased() == symbol.lowercased()) else { return false }
        guard index > 0 else { return false }
        let before = words[index - 1].text.lowercased()
        let isAfterNumber =
            before.allSatisfy { $0.isNumber || ".,-".contains($0) } || language.numbers.value(of: before) != nil
        if language.units.terms.everyday.contains(text.lowercased()) { return isAfterNumber }
        return symbol.count > 2 || isAfterNumber
            || before == "°" || language.units.terms.beforeSymbols.contains(before)
    }

    /// Lower case, singular, and one spelling of two.
    private static func normal(_ word: String, _ language: QuestionLanguage) -> String {
        let (word, forms) = (word.lowercased(), language.words.forms)
        if let irregular = forms.irregular[word] { return irregular }
        let singular = forms.singulars.lazy.compactMap { $0.applied(to: word) }.first ?? word
        return forms.spellings.lazy.compactMap { $0.applied(to: singular) }.first ?? singular
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
