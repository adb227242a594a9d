import Core

/// A plugin's result as lines a model can read, and as a sentence of its own.
enum ResultText {
    /// A part of a result that is read as a whole or not at all: an item of a list, the values beside each other, a line
    /// of a text.
    struct Record: Sendable, Hashable {
        var text: String
        /// Whether it goes on from the one before, as a text's lines do.
        var goesOn = false
    }

    /// Characters of a text that is read as one line.
    private static let line = 400
    /// Lines that are quoted at most.
    private static let quoted = 12

    /// `name: value` lines; nested names joined by a dot; a list's items a line each.
    static func lines(_ result: JSONValue) -> String {
        records(result).map { $0.text + "\n" }.joined()
    }

    /// The result's parts, in order.
    static func records(_ result: JSONValue) -> [Record] {
        var records: [Record] = []
        add(result, name: "", to: &records)
        return records.map { Record(text: UntrustedText.visible($0.text), goesOn: $0.goesOn) }
    }

    /// What a step called: an operation of a plugin, or of who asks.
    static func name(of step: Step) -> String {
        step.plugin.isEmpty ? step.operation : "\(step.plugin).\(step.operation)"
    }

    /// Whether a call that succeeded gave nothing.
    static func isEmpty(_ step: Step) -> Bool {
        records(step.result ?? .null).allSatisfy { $0.text.allSatisfy(\.isWhitespace) }
    }

    private static func add(_ value: JSONValue, name: String, to records: inout [Record]) {
        switch value {
        case .object(let members):
            var beside: [String] = []
            var apart: [(String, JSONValue)] = []
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                let path = name.isEmpty ? key : "\(name).\(key)"
                if isLong(member) { apart.append((path, member)) } else { beside += flat(member, name: path) }
            }
            if !beside.isEmpty { records.append(Record(text: beside.joined(separator: "\n"))) }
            for (path, member) in apart { add(member, name: path, to: &records) }
        case .array(let items):
            if !name.isEmpty { records.append(Record(text: "\(name):")) }
            for item in items {
                if isLong(item) {
                    add(item, name: "", to: &records)
                } else {
                    let values = flat(item, name: "").joined(separator: ", ")
                    if !values.isEmpty { records.append(Record(text: "- \(values)")) }
                }
            }
        case .string(let text) where text.count > line:
            if !name.isEmpty { records.append(Record(text: "\(name):")) }
            for (index, piece) in pieces(of: text).enumerated() {
                records.append(Record(text: piece, goesOn: index > 0))
            }
        default:
            let lines = flat(value, name: name)
            if !lines.isEmpty { records.append(Record(text: lines.joined(separator: "\n"))) }
        }
    }

    /// Whether a value is taken apart: there is a list in it, or a text of many lines.
    private static func isLong(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let items):
            items.contains { $0.object != nil || $0.array != nil || isLong($0) }
                || items.reduce(0) { $0 + ($1.string?.count ?? 8) } > line
        case .object(let members): members.values.contains(where: isLong)
        case .string(let text): text.count > line
        default: false
        }
    }

    private static func flat(_ value: JSONValue, name: String) -> [String] {
        switch value {
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { flat($1, name: name.isEmpty ? $0 : "\(name).\($0)") }
        case .array(let items):
            items.isEmpty ? [] : [label(name) + items.flatMap { flat($0, name: "") }.joined(separator: ", ")]
        case .null: []
        case .string(let text): [label(name) + text]
        default: [label(name) + value.text]
        }
    }

    private static func label(_ name: String) -> String { name.isEmpty ? "" : "\(name): " }

    /// Lines of a text, and of a long line its sentences.
    private static func pieces(of text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).flatMap { piece in
            piece.count > line ? Sentences.split(String(piece), after: ".!?") : [String(piece)]
        }
    }

    /// The sentence in which the plugin itself says its answer, where it has one.
    static func summary(_ result: JSONValue) -> String? {
        for name in ["summary", "answer", "text", "message"] {
            if let text = result[name]?.string, isSentence(text) { return text }
        }
        return result.string.flatMap { isSentence($0) ? $0 : nil }
    }

    private static func isSentence(_ text: String) -> Bool { text.contains(" ") && text.count <= line }

    /// What to say where the model's own words do not hold up: the plugin's, of a long result what says most of the
    /// question.
    static func plain(_ step: Step, question: String) -> String {
        if let summary = step.result.flatMap(summary) { return summary }
        let records = step.result.map(records) ?? []
        let focus = RecordRanking(records, question: question).focus
        let lines = (focus.isEmpty ? records : focus.map { records[$0] }).flatMap {
            $0.text.split(separator: "\n").map { $0.hasPrefix("- ") ? $0.dropFirst(2) : $0 }
        }
        let more = lines.count - quoted
        let facts =
            lines.prefix(quoted).joined(separator: "; ")
            + (more > 0 ? "; and \(DigitGroups.text(more)) lines more" : "")
        return facts.isEmpty
            ? "\(name(of: step)) gave an empty answer."
            : "\(name(of: step)) says: \(facts)."
    }
}
