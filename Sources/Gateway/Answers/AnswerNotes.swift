import Core
import HTTPTypes
import Hummingbird

/// What a client should know of how its answer came about, and OpenAI's form has no place for: the member `squire` of the
/// answer, of a stream's last chunk, and headers.
struct AnswerNotes: Sendable {
    /// What of the request was left out, and what an answer could not be held to.
    var warnings: [String] = []
    /// Whole turns of the conversation that did not fit the context.
    var droppedTurns: Int?

    /// - Returns: nil where there is nothing to say.
    var json: JSONValue? {
        var members: JSONObject = [:]
        if let droppedTurns { members["droppedTurns"] = .integer(droppedTurns) }
        if !warnings.isEmpty { members["warnings"] = .array(warnings.map(JSONValue.string)) }
        return members.isEmpty ? nil : .object(members)
    }

    /// Both, each warning once.
    static func + (first: AnswerNotes, second: AnswerNotes) -> AnswerNotes {
        AnswerNotes(
            warnings: first.warnings + second.warnings.filter { !first.warnings.contains($0) },
            droppedTurns: [first.droppedTurns, second.droppedTurns].compactMap(\.self).max())
    }

    func add(to headers: inout HTTPFields) {
        if let droppedTurns, let name = HTTPField.Name("X-Squire-Dropped-Turns") {
            headers[name] = "\(droppedTurns)"
        }
        if !warnings.isEmpty, let name = HTTPField.Name("X-Squire-Warnings") {
            headers[name] = Self.line(warnings.joined(separator: "; "))
        }
    }

    /// A text as a header can hold it: one line of visible ASCII, not too long.
    private static func line(_ text: String) -> String {
        let visible = text.unicodeScalars.map { (" "..."~").contains($0) ? Character($0) : "?" }
        return String(visible.prefix(mostCharacters))
    }

    private static let mostCharacters = 1000
}

extension Response {
    /// The same with the headers of what is to be known.
    func with(_ notes: AnswerNotes) -> Response {
        var response = self
        notes.add(to: &response.headers)
        return response
    }
}
