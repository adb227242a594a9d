import Core
import Languages
import Understanding

/// Tells what a plugin returned, without a model: what was asked for where the question's words say which property that is,
/// else all of it, in the result's own order and words. What is told is right, for it is copied.
struct ResultTeller: Sendable {
    let question: String
    let step: Step
    /// What the operation's document says of its results.
    var described: [Tool.ResultProperty] = []
    var language = QuestionLanguage.english

    /// Values that are told all together, whatever was asked for.
    private static let mostTogether = 8
    /// Items of a list, values of an object, and values of an item, that are told at most.
    private static let (mostItems, mostValues, mostOfItem) = (20, 12, 6)
    /// Bytes of a value.
    private static let longest = 300

    /// - Returns: nil for a text of many lines, which is quoted, and for what holds nothing.
    func told() -> String? {
        guard let result = step.result, !Self.isText(result), !Self.isEmpty(result) else { return nil }
        let (value, label, beside) = Self.unwrapped(result)
        switch value {
        case .array(let items): return told(items, label: label ?? Self.thing(of: step), beside: beside)
        case .object: return told(object: value)
        default: return "\(label ?? Self.thing(of: step)): \(text(of: value))."
        }
    }

    /// Whether a result is told in this way, and not quoted.
    static func isText(_ result: JSONValue) -> Bool {
        guard let text = result.string else { return false }
        return text.contains("\n") || ResultText.isLonger(text, than: ResultText.line)
    }

    private var phrases: Answers.Results { language.words.answers.results }

    // MARK: What there is

    /// What a result wraps: a list beside counts, or all in one member.
    ///
    /// - Returns: the value, the name it has, and the members beside it.
    private static func unwrapped(_ result: JSONValue) -> (value: JSONValue, label: String?, beside: JSONObject) {
        guard case .object(let members) = result else { return (result, nil, [:]) }
        let wrapped = members.filter { $0.value.object != nil || $0.value.array != nil }
        let beside = members.filter { $0.value.object == nil && $0.value.array == nil }
        guard wrapped.count == 1, let (name, value) = wrapped.first.map({ ($0.key, $0.value) }) else {
            return (result, nil, [:])
        }
        if case .array(let items) = value, items.contains(where: { $0.object != nil }) || beside.isEmpty {
            return (value, NameWords.text(name), beside)
        }
        // {"data": {…}}
        guard beside.isEmpty else { return (result, nil, [:]) }
        let inner = unwrapped(value)
        return (inner.value, inner.label ?? NameWords.text(name), inner.beside)
    }

    /// What an operation is about, by its name.
    private static func thing(of step: Step) -> String {
        let words = NameWords.text(step.operation)
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    // MARK: Objects

    private func told(object value: JSONValue) -> String? {
        let nodes = ResultNode.all(in: value)
        let leaves = nodes.filter(\.isLeaf)
        guard !nodes.isEmpty else { return nil }
        let asked = AskedProperties(
            of: question, in: nodes, arguments: step.arguments, described: described, language: language
        ).nodes
        let hasLists = nodes.contains { node in !node.isLeaf && Self.values(at: node.path, in: value).count > 1 }
        if leaves.count <= Self.mostTogether, !hasLists {
            let parts = leaves.map { leaf in
                "\(Self.label(leaf.path)): \(list(Self.values(at: leaf.path, in: value).map { text(of: $0) }))"
            }
            return parts.joined(separator: "; ") + "."
        }
        guard !asked.isEmpty else {
            return members(of: value, limit: Self.mostValues) + "."
        }
        let parts = asked.prefix(Self.mostOfItem).map { node in
            let values = Self.values(at: node.path, in: value).map { text(of: $0) }
            return "\(Self.label(node.path)): \(list(values))"
        }
        return "\(subject(of: value, beside: asked))\(parts.joined(separator: "; "))."
    }

    /// Of whom something is told, where that is not just what was asked for.
    private func subject(of value: JSONValue, beside asked: [ResultNode]) -> String {
        guard let identity = identity(of: value), !asked.contains(where: { $0.path == [identity.name] }) else {
            return ""
        }
        return "\(identity.text) – "
    }

    private func identity(of value: JSONValue) -> (name: String, text: String)? {
        for name in language.words.documents.identifying {
            switch value[name] {
            case .string(let text)? where !text.isEmpty: return (name, text)
            case .integer(let number)?: return (name, String(number))
            default: break
            }
        }
        return nil
    }

    /// The members of an object, as far as they are told.
    private func members(of value: JSONValue, limit: Int) -> String {
        guard case .object(let members) = value else { return text(of: value) }
        let told = members.filter { $0.value.object?.isEmpty != true }
        // Addresses are for programs.
        let chosen = told.count > limit ? told.filter { !Self.isAddress($0.value) } : told
        let parts = chosen.prefix(limit).map { name, member in "\(NameWords.text(name)): \(text(of: member))" }
        let more = members.count - parts.count
        return parts.joined(separator: "; ")
            + (more > 0 ? phrases.andMore(["shown": ";", "count": DigitGroups.text(more)]) : "")
    }

    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .null: true
        case .object(let members): members.isEmpty
        case .string(let text): text.allSatisfy(\.isWhitespace)
        default: false
        }
    }

    private static func isAddress(_ value: JSONValue) -> Bool {
        guard let text = value.string else { return false }
        return text.hasPrefix("http://") || text.hasPrefix("https://")
    }

    // MARK: Lists

    private func told(_ items: [JSONValue], label: String, beside: JSONObject) -> String? {
        let total = beside.filter { $0.value.isWhole }.first { name, value in
            (value.integer ?? 0) >= items.count
                && !language.words.documents.totals.isDisjoint(with: Stem.words(in: name))
        }?.value.integer
        guard !items.isEmpty else { return "\(label): \(phrases.none)." }
        let all = max(total ?? 0, items.count)
        let nodes = ResultNode.all(in: .array(items))
        let asked = AskedProperties(
            of: question, in: nodes, arguments: step.arguments, described: described, language: language
        ).nodes
        let focus = focus(of: items)
        // Of a long list what the question speaks of is told; of a short one it comes first.
        let isLong = items.count > Self.mostItems && !focus.isEmpty
        let order = isLong ? focus : focus + items.indices.filter { !focus.contains($0) }
        let lines = order.prefix(Self.mostItems).map { told(item: items[$0], asked: asked) }
        let number = DigitGroups.text(all)
        if !isLong, items.allSatisfy({ $0.object == nil && $0.array == nil }) {
            let more = all > lines.count ? " (\(phrases.inAll(["count": number])))" : ""
            return "\(label): \(list(lines))\(more)."
        }
        if lines.count == 1, all == 1 { return "\(label): \(lines[0])." }
        let heading =
            isLong
            ? phrases.fitting(["count": number, "things": label])
            : all > lines.count
                ? phrases.firstOf(["shown": "\(lines.count)", "count": number]) + " " + label : "\(number) \(label)"
        return "\(heading.prefix(1).uppercased())\(heading.dropFirst()):\n"
            + lines.map { "- \($0)" }.joined(separator: "\n")
    }

    /// Items that are looked through for the question's words.
    private static let mostRanked = 10_000

    /// The items that the question speaks of; none where no word tells one from the others.
    private func focus(of items: [JSONValue]) -> [Int] {
        let records = items.prefix(Self.mostRanked).map {
            ResultText.Record(text: ResultText.lines($0, limit: 4096))
        }
        let focus = RecordRanking(Array(records), question: question, in: language).focus
        return focus.count < items.count ? focus : []
    }

    private func told(item: JSONValue, asked: [ResultNode]) -> String {
        guard case .object(let members) = item else { return text(of: item) }
        let leaves = ResultNode.all(in: item).filter(\.isLeaf)
        guard leaves.count > Self.mostOfItem else { return self.members(of: item, limit: Self.mostOfItem) }
        let identity = identity(of: item)
        let parts = asked.prefix(Self.mostOfItem).compactMap { node -> String? in
            let values = Self.values(at: node.path, in: item).map { text(of: $0) }
            return values.isEmpty || node.path == [identity?.name] ? nil : "\(Self.label(node.path)): \(list(values))"
        }
        if !parts.isEmpty {
            return (identity.map { "\($0.text) – " } ?? "") + parts.joined(separator: "; ")
        }
        guard let identity else { return self.members(of: item, limit: Self.mostOfItem) }
        let rest = members.filter { name, value in
            name != identity.name && value.object == nil && value.array == nil && value != .null
                && !Self.isAddress(value)
        }
        return "\(identity.text) – "
            + rest.prefix(Self.mostOfItem - 1).map { "\(NameWords.text($0)): \(text(of: $1))" }
            .joined(separator: "; ")
    }

    // MARK: Values

    private static func values(at path: [String], in value: JSONValue) -> [JSONValue] {
        switch value {
        case .array(let items): return Array(items.lazy.flatMap { values(at: path, in: $0) }.prefix(10 * mostItems))
        case .object(let members):
            guard let name = path.first else { return [value] }
            return members[name].map { values(at: Array(path.dropFirst()), in: $0) } ?? []
        default: return path.isEmpty ? [value] : []
        }
    }

    /// A property's name with those that it stands in, where they say more: `license.name` is "license name".
    private static func label(_ path: [String]) -> String {
        path.suffix(2).map(NameWords.text).joined(separator: " ")
    }

    private func list(_ texts: [String]) -> String {
        let more = texts.count - Self.mostItems
        let shown = texts.prefix(Self.mostItems).joined(separator: ", ")
        return more > 0
            ? phrases.andMore(["shown": shown, "count": DigitGroups.text(more)]) : shown.isEmpty ? phrases.none : shown
    }

    /// A value as a line. Of an object in a list what names it is enough.
    private func text(of value: JSONValue, level: Int = 0) -> String {
        switch value {
        case .null: return phrases.none
        case .bool(let value): return value ? phrases.yes : phrases.no
        case .string(let text): return shortened(text)
        case .integer, .number, .digits: return value.text
        case .array(let items):
            return list(items.prefix(10 * Self.mostItems).map { text(of: $0, level: level + 1) })
        case .object(let members):
            if let (_, text) = identity(of: value) { return shortened(text) }
            guard level < 4 else { return "…" }
            // {"ability": {"name": …}, "slot": 1}
            if let named = members.first(where: { identity(of: $0.value) != nil })?.value {
                return text(of: named, level: level + 1)
            }
            return members.prefix(Self.mostOfItem).map { "\(NameWords.text($0)) \(text(of: $1, level: level + 1))" }
                .joined(separator: ", ")
        }
    }

    private func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.utf8.count <= Self.longest ? line : ResultRecords.beginning(of: line, Self.longest) + "…"
    }
}
