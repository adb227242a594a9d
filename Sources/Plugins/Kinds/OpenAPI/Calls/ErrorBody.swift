import Core

/// What an error's body says is wrong, in the forms that are usual: a text; `error`, `message` or `detail` as a text, or as
/// an object with one; lists of problems, with the place of each (FastAPI's `loc` and `msg`, JSON:API's `source`), or by
/// place (`{"errors": {"name": ["is too short"]}}`); and `title` and `detail` (RFC 9457).
struct ErrorBody {
    /// Members that say it, and that hold problems of their own.
    private static let saying = [
        "detail", "message", "msg", "error_description", "errorDescription", "error_message", "errorMessage", "error",
        "reason", "description", "faultstring", "faultString", "fault", "title", "Message", "Error", "Body", "Fault",
    ]
    private static let listing = ["errors", "violations", "details", "problems", "issues", "invalid-params"]
    /// Members that say where in what was sent a problem is.
    private static let placing = ["loc", "field", "param", "parameter", "property"]
    /// The same in an item of a list: elsewhere these say other things.
    private static let placingItems = placing + ["path", "name", "pointer", "source"]
    /// The first of a place that says only how it was sent.
    private static let carriers: Set = ["body", "query", "path", "header", "cookie"]
    private static let suggesting = ["did_you_mean", "didYouMean", "suggestion", "suggestions", "candidates"]
    /// Problems that are told, and levels that are looked through.
    private static let (mostProblems, mostLevels) = (3, 4)

    /// One line; nil where the body says nothing.
    let said: String?

    init(_ body: JSONValue) {
        guard var text = Self.text(of: body, level: 0) else {
            said = nil
            return
        }
        // What is proposed beside the sentence belongs to it.
        let proposals = Self.suggesting.compactMap { body[$0] ?? body["error"]?[$0] }.flatMap(Self.strings)
        if !proposals.isEmpty, !proposals.contains(where: text.contains) {
            text += "; did you mean \(proposals.prefix(Self.mostProblems).joined(separator: ", "))?"
        }
        said = text
    }

    private static func text(of value: JSONValue, level: Int) -> String? {
        guard level < mostLevels else { return nil }
        switch value {
        case .string(let text):
            return text.allSatisfy(\.isWhitespace) ? nil : text
        case .array(let items):
            let texts = items.prefix(mostProblems).compactMap { text(of: $0, level: level + 1) }
            return texts.isEmpty ? nil : texts.joined(separator: "; ")
        case .object(let members):
            let texts = saying.compactMap { name in members[name].flatMap { text(of: $0, level: level + 1) } }
            // The shorter of several is a class of errors, and the longest the sentence.
            let sentence = texts.max { $0.count < $1.count }.map {
                (place(of: members, isItem: level > 1).map { "\($0): " } ?? "") + $0
            }
            let problems = listing.compactMap { name in members[name].flatMap { list(of: $0, level: level + 1) } }.first
            guard let problems else { return sentence }
            return sentence.map { $0.contains(problems) ? $0 : "\($0): \(problems)" } ?? problems
        default: return nil
        }
    }

    /// Problems in a list, or by their places.
    private static func list(of value: JSONValue, level: Int) -> String? {
        guard case .object(let members) = value, level < mostLevels else { return text(of: value, level: level) }
        if let text = text(of: value, level: level) { return text }
        let texts = members.prefix(mostProblems).compactMap { name, problem in
            text(of: problem, level: level + 1).map { "\(NameWords.text(name)) \($0)" }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "; ")
    }

    /// Where in what was sent a problem is: `quantity` of `["body", "quantity"]`.
    private static func place(of members: JSONObject, isItem: Bool) -> String? {
        for name in isItem ? placingItems : placing {
            guard let value = members[name] else { continue }
            let parts =
                switch value {
                case .array(let parts): parts.compactMap(\.string)
                case .string(let text): text.split { "/.".contains($0) }.map(String.init)
                case .object(let source):
                    source["pointer"]?.string?.split(separator: "/").map(String.init)
                        ?? [source["parameter"]?.string].compactMap(\.self)
                default: [String]()
                }
            let telling = parts.filter { part in !carriers.contains(part) && !part.allSatisfy(\.isNumber) }
            if let last = telling.last { return NameWords.text(last) }
        }
        return nil
    }

    private static func strings(in value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let items): items.compactMap { $0.string ?? $0["name"]?.string }
        default: []
        }
    }
}
