import Core
import Foundation

/// What a response means for a call.
enum ResponseReader {
    static func outcome(_ response: HTTPResponse, of operation: APIOperation) -> ToolOutcome {
        let text = String(decoding: response.body, as: UTF8.self)
        let value = try? JSONValue(parsing: text)
        guard (200..<300).contains(response.status) else {
            let reason = value.flatMap(said) ?? short(text, 200)
            // What the API says itself, in a line of its own, is what people are told.
            return .failed(
                (reason.isEmpty ? "" : "\(reason)\n")
                    + "HTTP \(response.status) from \(operation.method) \(operation.path)",
                kind: ToolFailureKind(status: response.status))
        }
        if response.body.isEmpty { return .ok(.null) }
        let type = response.header("content-type")?.lowercased()
        // Text that happens to be a number or a word of JSON's stays text, unless it is said to be JSON.
        if let value, type?.contains("json") ?? true || value.object != nil || value.array != nil { return .ok(value) }
        if type?.contains("json") == true {
            return .failed(
                "\(operation.method) \(operation.path) answered with text that is not JSON: \(short(text, 80))",
                kind: .unreadable)
        }
        guard String(validating: response.body, as: UTF8.self) != nil else {
            return .failed(
                "\(operation.method) \(operation.path) answered with \(response.body.count) bytes that are no text",
                kind: .unreadable)
        }
        return .ok(.string(text))
    }

    /// The sentence in which an error body says what is wrong (RFC 9457's `detail`, and what others call it).
    private static func said(_ body: JSONValue) -> String? {
        for key in ["error", "message", "detail", "error_description", "title"] {
            if let text = body[key]?.string { return short(text, 200) }
            if let text = body[key]?["message"]?.string { return short(text, 200) }
        }
        return nil
    }

    private static func short(_ text: String, _ length: Int) -> String {
        // Of a long text no more is looked at than can be shown.
        let beginning = text.utf8.count > 16 * length ? String(text.unicodeScalars.prefix(4 * length)) : text
        let line = beginning.split(whereSeparator: \.isNewline).joined(separator: " ").trimmingCharacters(
            in: .whitespaces)
        return line.count > length ? line.prefix(length) + "…" : line
    }
}
