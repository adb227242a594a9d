import Core
import Languages
import Understanding

/// Writes the values of a result as people read them: dates in words, amounts with their currency, measures with their unit,
/// objects by what names them. Digits stay as they were returned.
struct ValueText: Sendable {
    let language: QuestionLanguage

    /// Items of a list, and values of an object, that are told at most.
    static let (mostItems, mostOfItem) = (20, 6)
    /// Bytes of a value.
    private static let longest = 300
    private static let mostLevels = 4

    private var phrases: Answers.Results { language.words.answers.results }
    private var words: ResultWords { language.words.results }

    /// A value as a line. Of an object in a list what names it is enough.
    ///
    /// - Parameter parent: the object that it is a member of.
    func text(of value: JSONValue, name: String = "", in parent: JSONObject? = nil, level: Int = 0) -> String {
        switch value {
        case .null: return phrases.none
        case .bool(let value): return value ? phrases.yes : phrases.no
        case .string(let text):
            if let time = ReadableTime(text) { return time.text(words) }
            return shortened(text) + measure(of: name, in: parent)
        case .integer, .number, .digits: return value.text + measure(of: name, in: parent)
        case .array(let items):
            return list(items.prefix(10 * Self.mostItems).map { text(of: $0, level: level + 1) }, of: items.count)
        case .object(let members):
            if let identity = identity(of: value) { return identity.text }
            guard level < Self.mostLevels else { return "…" }
            // {"ability": {"name": …}, "slot": 1}
            if let named = members.first(where: { identity(of: $0.value) != nil })?.value {
                return text(of: named, level: level + 1)
            }
            // {"amount": 12.5, "currency": "EUR"}
            let told = shown(members).prefix(Self.mostOfItem)
            if told.count == 1, let (name, member) = told.first.map({ ($0.key, $0.value) }), member.number != nil {
                return text(of: member, name: name, in: members, level: level + 1)
            }
            return told.map { name, member in
                "\(NameWords.text(name)) \(text(of: member, name: name, in: members, level: level + 1))"
            }.joined(separator: ", ")
        }
    }

    /// Several values in a line.
    ///
    /// - Parameter count: how many there are, of which some may not be among these.
    func list(_ texts: [String], of count: Int? = nil) -> String {
        let more = max(count ?? 0, texts.count) - min(texts.count, Self.mostItems)
        let shown = texts.prefix(Self.mostItems).joined(separator: ", ")
        if more > 0 { return phrases.andMore(["shown": shown, "count": DigitGroups.text(more)]) }
        return shown.isEmpty ? phrases.none : shown
    }

    /// What tells an object from others.
    ///
    /// - Returns: the member, and its value for people: `Ann Lee`, `id 17`.
    func identity(of value: JSONValue) -> (name: String, text: String)? {
        guard case .object(let members) = value else { return nil }
        for name in language.words.documents.identifying {
            switch members[name] {
            case .string(let text)? where !text.isEmpty: return (name, shortened(text))
            case .integer(let number)?: return (name, "\(NameWords.text(name)) \(number)")
            case .digits(let digits)?: return (name, "\(NameWords.text(name)) \(digits)")
            default: break
            }
        }
        return nil
    }

    /// The members of an object that are told by themselves: not those that only say in what another one is measured.
    func shown(_ members: JSONObject) -> JSONObject {
        members.filter { !isMeasure($0.key, in: members) }
    }

    /// Whether a member says in what its neighbour is measured, and is told with it.
    func isMeasure(_ name: String, in members: JSONObject) -> Bool {
        // Most names are none, and an object may have thousands of members.
        guard words.units.contains(name.lowercased()) || words.currencies.contains(name.lowercased()),
            Self.isShort(members[name])
        else { return false }
        return members.prefix(Self.mostMembers).contains { other, value in
            other != name && placeOfMeasure(of: other, in: members) == name
        }
    }

    /// The unit or currency that is told behind a number.
    private func measure(of name: String, in parent: JSONObject?) -> String {
        guard let parent, let place = placeOfMeasure(of: name, in: parent) else { return "" }
        return parent[place]?.string.map { " \($0)" } ?? ""
    }

    /// The member that says in what a number is measured: a currency beside an amount of money, and either beside that
    /// number alone.
    private func placeOfMeasure(of name: String, in parent: JSONObject) -> String? {
        guard parent.count <= Self.mostMembers, let value = parent[name], Self.isNumber(value) else { return nil }
        let currency = member(of: parent, in: words.currencies)
        if let currency, !words.amounts.union(words.totals).isDisjoint(with: Stem.words(in: name)) { return currency }
        guard let place = member(of: parent, in: words.units) ?? currency else { return nil }
        let isAlone = parent.allSatisfy { other, value in
            other == name || !Self.isNumber(value) || !words.identifiers.isDisjoint(with: Stem.words(in: other))
        }
        return isAlone ? place : nil
    }

    /// Members of an object in which measures are looked for: what has more is a table.
    static let mostMembers = 40
    /// Characters of a unit or a currency.
    private static let longestUnit = 12

    private func member(of parent: JSONObject, in names: Set<String>) -> String? {
        parent.first { name, value in names.contains(name.lowercased()) && Self.isShort(value) }?.key
    }

    private static func isShort(_ value: JSONValue?) -> Bool {
        value?.string.map { !$0.isEmpty && $0.utf8.count <= longestUnit && Double($0) == nil } == true
    }

    private static func isNumber(_ value: JSONValue) -> Bool {
        value.number != nil || value.string.flatMap { $0.utf8.count <= 40 ? Double($0) : nil } != nil
    }

    private func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.utf8.count <= Self.longest ? line : ResultRecords.beginning(of: line, Self.longest) + "…"
    }
}
