import Core
import Foundation
import Languages
import Understanding

/// Tells what a plugin returned, without a model: what was asked for where the question says which property that is, else all
/// of it, in the result's own order and words. What is told is right, for it is copied, and each value keeps the name that it
/// has in the result.
struct ResultTeller: Sendable {
    let question: String
    let step: Step
    /// What the operation's document says of its results.
    var described: [Tool.ResultProperty] = []
    var language = QuestionLanguage.english

    /// Values that are told all together where nothing says which is asked for.
    private static let mostTogether = 8
    /// Values that are told all together, whatever was asked for.
    private static let fewTogether = 3
    /// Values of an object that are told at most.
    private static let mostValues = 12

    /// - Returns: nil for a text of many lines, which is quoted, and for what holds nothing.
    func told() -> String? {
        guard let result = step.result, !Self.isText(result), !Self.isEmpty(result) else { return nil }
        let (value, label, beside) = unwrapped(result)
        switch value {
        case .array(let items): return told(items, label: label ?? thing, beside: beside)
        case .object: return told(object: value, label: label)
        case .bool(let isTrue):
            guard label == nil, Confirmation(question, in: language).isAsked else {
                return "\(capitalised(label ?? thing)): \(text.text(of: value))."
            }
            return capitalised(isTrue ? phrases.yes : phrases.no) + "."
        default: return "\(capitalised(label ?? thing)): \(text.text(of: value))."
        }
    }

    /// What is told beside a sentence of the plugin's own, which does not say it; nil where it says what was asked for.
    ///
    /// - Parameters:
    ///   - sentence: as the plugin has it.
    ///   - member: in which it stands.
    func told(beside sentence: String, member: String?) -> String? {
        guard let result = step.result, case .object(let members) = result, let member, members.count > 1 else {
            return nil
        }
        let others = JSONValue.object(members.filter { $0.key != member })
        let asked = asked(in: ResultNode.all(in: .object(members)), of: result)
        guard asked.areNamed, !asked.nodes.contains(where: { $0.path.first == member }) else { return nil }
        let said = sentence.lowercased()
        let missing = asked.nodes.filter { node in
            ResultNode.values(at: node.path, in: others).contains { found in
                !isSaid(found.value, in: said)
            }
        }
        return missing.isEmpty ? nil : parts(missing, of: others)
    }

    /// Whether a sentence, in lower case, has a value already.
    private func isSaid(_ value: JSONValue, in sentence: String) -> Bool {
        switch value {
        // What is true, or missing, a sentence says in words of its own.
        case .bool, .null: true
        case .array(let items): items.allSatisfy { isSaid($0, in: sentence) }
        case .object(let members): members.values.allSatisfy { isSaid($0, in: sentence) }
        case .string(let string):
            sentence.contains(string.lowercased()) || sentence.contains(text.text(of: value).lowercased())
                || isSaid(moment: string, in: sentence)
        default:
            Figures.all(in: sentence).contains(value.text) || sentence.contains(value.text)
                || isRounded(value, in: sentence)
        }
    }

    /// Whether a sentence has a number to fewer decimals: 9.843 for 9.84251968504.
    private func isRounded(_ value: JSONValue, in sentence: String) -> Bool {
        guard let number = value.number else { return false }
        return Figures.all(in: sentence).contains { figure in
            let decimals = Figures.decimals(figure)
            return decimals > 0
                && Double(figure).map { abs($0 - abs(number)) <= 0.5 * pow(10, -Double(decimals)) } ?? false
        }
    }

    /// Whether a sentence has the hour and the minute of a moment.
    private func isSaid(moment: String, in sentence: String) -> Bool {
        guard let clock = Self.moment.firstMatch(in: moment) else { return false }
        return sentence.contains(clock.text(1))
    }

    /// `2026-11-30T21:07:36+09:00`
    private static let moment = TextPattern(#"^\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2})"#)

    /// Whether a result is told in this way, and not quoted.
    static func isText(_ result: JSONValue) -> Bool {
        guard let text = result.string else { return false }
        return text.contains("\n") || ResultText.isLonger(text, than: ResultText.line)
    }

    var phrases: Answers.Results { language.words.answers.results }
    var text: ValueText { ValueText(language: language) }

    func asked(in nodes: [ResultNode], of value: JSONValue) -> AskedProperties {
        AskedProperties(
            of: question, in: nodes, of: value, operation: step.operation, arguments: step.arguments,
            described: described, language: language)
    }

    // MARK: What there is

    /// What a result wraps: a list beside counts, or all in one member.
    ///
    /// - Returns: the value, the name it has, and the members beside it.
    private func unwrapped(_ result: JSONValue) -> (value: JSONValue, label: String?, beside: JSONObject) {
        guard case .object(let members) = result else { return (result, nil, [:]) }
        let wrapped = members.filter { name, value in
            value.array != nil || value.object != nil && !language.words.documents.wrappings.contains(name)
        }
        var beside = members.filter { $0.value.object == nil && $0.value.array == nil }
        // {"data": […], "meta": {"total": 12}}
        for case .object(let more) in members.filter({ wrapped[$0.key] == nil }).values {
            beside.merge(more.filter { $0.value.object == nil && $0.value.array == nil }) { first, _ in first }
        }
        guard wrapped.count == 1, let (name, value) = wrapped.first.map({ ($0.key, $0.value) }) else {
            return (result, nil, [:])
        }
        if case .array(let items) = value,
            beside.isEmpty || isAboutList(beside) && (items.isEmpty || items.contains { $0.object != nil })
        {
            return (value, NameWords.text(name), beside)
        }
        // {"data": {…}}
        guard members.allSatisfy({ wrapped[$0.key] != nil || $0.value.object != nil }) else {
            return (result, nil, [:])
        }
        let inner = unwrapped(value)
        return (inner.value, inner.label ?? NameWords.text(name), inner.beside)
    }

    /// Members beside a list that say something of it, and nothing of a thing that the list is only a part of: counts,
    /// pages, a status.
    private func isAboutList(_ members: JSONObject) -> Bool {
        members.count <= Self.mostBeside
            && members.allSatisfy { name, value in
                guard !language.words.documents.identifying.contains(name) else { return false }
                switch ValueKind(of: value, at: [name], beside: members, description: "", in: language) {
                case .person, .place, .name, .prose, .amount: return false
                default: return true
                }
            }
    }

    private static let mostBeside = 6

    /// What an operation is about, by its name without the verb: "orders" of `listOrders`.
    private var thing: String {
        let words = NameWords.text(step.operation).split(separator: " ").map(String.init)
        let named = words.first.flatMap { language.action(of: $0) } == nil ? words[...] : words.dropFirst()
        return (named.isEmpty ? words[...] : named).joined(separator: " ")
    }

    func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    // MARK: Objects

    private func told(object value: JSONValue, label: String?) -> String? {
        let nodes = ResultNode.all(in: value)
        let leaves = nodes.filter { $0.isLeaf && !isMeasure($0, in: value) }
        guard !nodes.isEmpty else { return nil }
        let asked = asked(in: nodes, of: value)
        let hasLists = nodes.contains { node in
            !node.isLeaf && ResultNode.values(at: node.path, in: value).count > 1
        }
        let isFew = leaves.filter { !isGiven($0, in: value) }.count <= Self.fewTogether && !hasLists
        let isSmall = leaves.count <= Self.mostTogether && !hasLists
        if isFew || isSmall && !asked.areNamed {
            let told = leaves.filter { !asked.excluded.contains($0) }
            if !asked.excluded.isEmpty, !told.isEmpty { return parts(told, of: value) }
            return confirmed(asked.nodes, of: value)
                + capitalised(leaves.map { part($0, of: value) }.joined(separator: "; ")) + "."
        }
        guard !asked.nodes.isEmpty else {
            let all = tellable(in: value)
            let told =
                all.count <= Self.mostValues
                ? all.map { part($0, of: value) }.joined(separator: "; ") : members(of: value, limit: Self.mostValues)
            return capitalised((label.map { "\($0) – " } ?? "") + told) + "."
        }
        return parts(asked.nodes, of: value)
    }

    /// The properties that say all of an object: its values, those of the objects in it, and its lists as one each.
    private func tellable(in value: JSONValue) -> [ResultNode] {
        let nodes = ResultNode.all(in: value)
        let lists = Set(
            nodes.filter { node in
                ResultNode.values(at: Array(node.path.dropLast()), in: value).contains { found in
                    found.value[node.path.last ?? ""]?.array != nil
                }
            })
        return nodes.filter { node in
            (node.isLeaf && !isMeasure(node, in: value) || lists.contains(node))
                && !lists.contains { node.isInside($0) }
        }
    }

    /// Some properties of an object, and of which thing they are.
    private func parts(_ nodes: [ResultNode], of value: JSONValue) -> String {
        let nodes = nodes.prefix(ValueText.mostOfItem)
        let subject = subject(of: value, beside: nodes) ?? object(in: value, beside: nodes)
        let confirmed = confirmed(Array(nodes), of: value)
        if confirmed.isEmpty, nodes.count == 1, let node = nodes.first, let subject {
            let values = ResultNode.values(at: node.path, in: value).map(\.value)
            let isAbsent = values.allSatisfy { $0 == .null || $0 == [] }
            var place = ["property": label(Array(node.path.dropFirst(subject.depth))), "thing": subject.text]
            place["value"] = told(node, of: value)
            return capitalised(isAbsent ? phrases.absent(place) : phrases.ofThing(place))
        }
        let all = nodes.map { part($0, of: value) }.joined(separator: "; ")
        return confirmed + capitalised((subject.map { "\($0.text) – " } ?? "") + all) + "."
    }

    private func part(_ node: ResultNode, of value: JSONValue) -> String {
        "\(label(node.path)): \(told(node, of: value))"
    }

    private func told(_ node: ResultNode, of value: JSONValue) -> String {
        let found = ResultNode.values(at: node.path, in: value)
        return text.list(
            found.map { text.text(of: $0.value, name: node.path.last ?? "", in: $0.parent) },
            of: ResultNode.count(at: node.path[...], in: value))
    }

    /// `Yes. ` where the question asks whether something is so and one property says it.
    private func confirmed(_ nodes: [ResultNode], of value: JSONValue) -> String {
        let confirmation = Confirmation(question, in: language)
        guard confirmation.isAsked else { return "" }
        let flags = nodes.compactMap { node -> Bool? in
            guard confirmation.isAbout(node) else { return nil }
            let values = ResultNode.values(at: node.path, in: value)
            return values.count == 1 ? values[0].value.bool : nil
        }
        guard let isTrue = flags.first, flags.count == 1 else { return "" }
        return capitalised(isTrue ? phrases.yes : phrases.no) + ". "
    }

    /// Of what something is told, where that is not just what was asked for: what names the nearest object around it, and
    /// how deep that stands.
    private func subject(of value: JSONValue, beside nodes: ArraySlice<ResultNode>) -> (text: String, depth: Int)? {
        guard let first = nodes.first else { return nil }
        var path = Array(first.path.dropLast())
        while true {
            let around = ResultNode.values(at: path, in: value)
            if around.count == 1, let identity = text.identity(of: around[0].value) {
                return nodes.contains { $0.path == path + [identity.name] } ? nil : (identity.text, path.count)
            }
            guard !path.isEmpty else { return nil }
            path.removeLast()
        }
    }

    /// The one object beside some properties that names a thing: `user Ann Lee` beside `active`.
    private func object(in value: JSONValue, beside nodes: ArraySlice<ResultNode>) -> (text: String, depth: Int)? {
        guard case .object(let members) = value, nodes.allSatisfy({ $0.path.count == 1 }) else { return nil }
        let named = members.compactMap { name, member in text.identity(of: member).map { (name, $0.text) } }
        guard named.count == 1, let (name, text) = named.first, !nodes.contains(where: { $0.path == [name] }) else {
            return nil
        }
        return ("\(NameWords.text(name)) \(text)", 0)
    }

    /// Whether a property only repeats what the call was given.
    private func isGiven(_ node: ResultNode, in value: JSONValue) -> Bool {
        guard case .object(let arguments) = step.arguments else { return false }
        let given = Set(arguments.values.map { ($0.string ?? $0.text).lowercased() })
        let values = ResultNode.values(at: node.path, in: value).map { ($0.value.string ?? $0.value.text).lowercased() }
        return !values.isEmpty && values.allSatisfy(given.contains)
    }

    private func isMeasure(_ node: ResultNode, in value: JSONValue) -> Bool {
        guard let name = node.path.last else { return false }
        return ResultNode.values(at: node.path, in: value).contains { found in
            found.parent.map { text.isMeasure(name, in: $0) } ?? false
        }
    }

    /// The members of an object, as far as they are told.
    func members(of value: JSONValue, limit: Int) -> String {
        guard case .object(let all) = value else { return text.text(of: value) }
        let members = text.shown(all)
        let told = members.filter { $0.value.object?.isEmpty != true }
        // Addresses are for programs.
        let chosen = told.count > limit ? told.filter { !Self.isAddress($0.value) } : told
        let parts = chosen.prefix(limit).map { name, member in
            "\(NameWords.text(name)): \(text.text(of: member, name: name, in: all))"
        }
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

    static func isAddress(_ value: JSONValue) -> Bool {
        guard let text = value.string else { return false }
        return text.hasPrefix("http://") || text.hasPrefix("https://")
    }

    /// A property's name with those that it stands in, where they say more: `license.name` is "license name".
    func label(_ path: [String]) -> String {
        path.suffix(2).map(NameWords.text).joined(separator: " ")
    }
}
