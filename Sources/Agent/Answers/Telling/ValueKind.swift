import Core
import Languages
import Understanding

/// What a value of a result is, by its form and by its property's name and description.
enum ValueKind: Sendable, Hashable {
    case nothing, flag, number, amount, count, identifier, time, link, person, place, reason
    /// A text that is written as names of persons are: "Ann Lee".
    case name
    case text
    /// A text of more than a few words.
    case prose

    private static let mostWords = 5

    /// - Parameters:
    ///   - path: of the property, from the outermost in.
    ///   - parent: the object that it is a member of.
    ///   - description: what the operation's document says of it.
    init(
        of value: JSONValue, at path: [String], beside parent: JSONObject? = nil, description: String,
        in language: QuestionLanguage
    ) {
        let words = language.words.results
        let named = Self.telling(path, language)
        switch value {
        case .null:
            let kinds: [(Set<String>, ValueKind)] = [
                (words.persons, .person), (words.places, .place), (words.times, .time), (words.amounts, .amount),
                (words.counts, .count),
            ]
            self = kinds.first { !$0.0.isDisjoint(with: named) }?.1 ?? .nothing
        case .bool: self = .flag
        case .integer, .number, .digits: self = Self.number(named, in: parent, words)
        case .string(let text):
            if text.hasPrefix("http://") || text.hasPrefix("https://") {
                self = .link
            } else if ReadableTime(text) != nil || text.utf8.count <= 12 && Self.clock.isFound(in: text) {
                self = .time
            } else if !words.persons.isDisjoint(with: named) {
                self = .person
            } else if !words.places.isDisjoint(with: named) {
                self = .place
            } else if !words.identifiers.isDisjoint(with: named) {
                self = .identifier
            } else if text.utf8.count <= 40, Double(text) != nil {
                self = Self.number(named, in: parent, words)
            } else if !words.reasons.isDisjoint(with: named) {
                self = .reason
            } else if !words.times.isDisjoint(with: named), text.contains(where: \.isNumber) {
                self = .time
            } else {
                let described = Stem.words(in: String(description.prefix(300)))
                if !words.persons.isDisjoint(with: described) || described.contains(where: words.asking.person.contains)
                {
                    self = .person
                } else {
                    self =
                        text.split(separator: " ", maxSplits: Self.mostWords).count > Self.mostWords
                        ? .prose : Self.isWrittenAsName(text) ? .name : .text
                }
            }
        default: self = .text
        }
    }

    /// What a number is, by its property's words and by whether a currency stands beside it.
    private static func number(_ named: Set<String>, in parent: JSONObject?, _ words: ResultWords) -> ValueKind {
        if !words.identifiers.isDisjoint(with: named) { return .identifier }
        if !words.amounts.isDisjoint(with: named) { return .amount }
        let isCounted = !words.counts.isDisjoint(with: named)
        if let parent, parent.count <= ValueText.mostMembers,
            parent.contains(where: { words.currencies.contains($0.key.lowercased()) }),
            !isCounted || !words.totals.isDisjoint(with: named)
        {
            return .amount
        }
        if isCounted { return .count }
        return words.times.isDisjoint(with: named) ? .number : .time
    }

    /// The words that say what a property is: its own, or, where it only names what it stands in, those of that:
    /// `tenant` of `tenant.name`.
    private static func telling(_ path: [String], _ language: QuestionLanguage) -> Set<String> {
        guard let last = path.last else { return [] }
        let own = Stem.words(in: last)
        let isName = language.words.documents.identifying.contains(last)
        let around = isName ? path.dropLast().last.map(Stem.words) ?? [] : []
        return Set((own + around).flatMap { word in [word, language.singular(of: word)] })
    }

    /// `08:00`, `7:30 pm`
    private static let clock = TextPattern(#"^\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?$"#)

    /// Two to four words with a capital, and nothing else.
    private static func isWrittenAsName(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        return (2...4).contains(words.count)
            && words.allSatisfy { word in
                word.first?.isUppercase == true && word.dropFirst().allSatisfy { $0.isLetter || "-.'’".contains($0) }
            }
    }
}
