import Core

/// A plugin's result as lines a model can read, and as a sentence of its own.
enum ResultText {
    /// Characters of a result that go into the context at most.
    private static let limit = 2000

    /// `name: value` lines; nested names joined by a dot.
    static func lines(_ result: JSONValue) -> String {
        if case .string(let text) = result { return String(UntrustedText.visible(text).prefix(limit)) }
        var lines: [String] = []
        flatten(result, name: "", into: &lines)
        var text = ""
        for line in lines {
            guard text.count + line.count < limit else { return text + "…" }
            text += UntrustedText.visible(line) + "\n"
        }
        return text
    }

    /// What a step called: an operation of a plugin, or of who asks.
    static func name(of step: Step) -> String {
        step.plugin.isEmpty ? step.operation : "\(step.plugin).\(step.operation)"
    }

    private static func flatten(_ value: JSONValue, name: String, into lines: inout [String]) {
        switch value {
        case .object(let members):
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                flatten(member, name: name.isEmpty ? key : "\(name).\(key)", into: &lines)
            }
        case .array(let items):
            for (index, item) in items.enumerated() { flatten(item, name: "\(name)[\(index)]", into: &lines) }
        case .null: break
        case .string(let text): lines.append(name.isEmpty ? text : "\(name): \(text)")
        default: lines.append(name.isEmpty ? value.text : "\(name): \(value.text)")
        }
    }

    /// The sentence in which the plugin itself says its answer, where it has one.
    static func summary(_ result: JSONValue) -> String? {
        for name in ["summary", "answer", "text", "message"] {
            if let text = result[name]?.string, text.contains(" ") { return text }
        }
        return result.string.flatMap { $0.contains(" ") && $0.count <= 400 ? $0 : nil }
    }

    /// What to say where the model's own words do not hold up: the plugin's.
    static func plain(_ step: Step) -> String {
        guard let result = step.result else { return "" }
        if let summary = summary(result) { return summary }
        let facts = lines(result).split(separator: "\n").prefix(12).joined(separator: "; ")
        return facts.isEmpty
            ? "\(name(of: step)) gave an empty answer."
            : "\(name(of: step)) says: \(facts)."
    }
}
