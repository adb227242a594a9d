import Core
import Foundation

/// What a response means for a call.
enum ResponseReader {
    /// - Parameter formats: reads what is no JSON; without it that is told as it is.
    static func outcome(
        _ response: HTTPResponse, of operation: APIOperation, formats: (any ResponseFormatReading)? = nil
    ) -> ToolOutcome {
        let content = Content(response)
        let place = "\(operation.method) \(operation.path)"
        guard (200..<300).contains(response.status) else {
            return failure(response, content, place, formats)
        }
        if response.body.isEmpty { return .ok(.null) }
        // Text that happens to be a number or a word of JSON's stays text, unless it is said to be JSON.
        if let value = content.json, content.mayBeJSON || value.object != nil || value.array != nil {
            return .ok(value)
        }
        if content.isJSON {
            if let lines = content.lines { return .ok(.array(lines)) }
            return .failed(
                "\(place) answered with text that is not JSON: \(short(content.text, 80))", kind: .unreadable)
        }
        if let formats, let value = formats.value(of: response.body, type: content.type, charset: content.charset) {
            return .ok(value)
        }
        guard String(validating: response.body, as: UTF8.self) != nil else {
            return .failed("\(place) answered with \(response.body.count) bytes that are no text", kind: .unreadable)
        }
        return .ok(.string(content.text))
    }

    private static func failure(
        _ response: HTTPResponse, _ content: Content, _ place: String, _ formats: (any ResponseFormatReading)?
    ) -> ToolOutcome {
        let isRead = content.json != nil || content.isJSON || response.body.isEmpty
        let read = isRead ? nil : formats?.value(of: response.body, type: content.type, charset: content.charset)
        let body = content.json ?? read
        let reason = short(body.flatMap { ErrorBody($0).said } ?? content.text, 200)
        // What the API says itself, in a line of its own, is what people are told.
        return .failed(
            (reason.isEmpty ? "" : "\(reason)\n") + "HTTP \(response.status) from \(place)",
            kind: ToolFailureKind(status: response.status))
    }

    private static func short(_ text: String, _ length: Int) -> String {
        // Of a long text no more is looked at than can be shown.
        let beginning = text.utf8.count > 16 * length ? String(text.unicodeScalars.prefix(4 * length)) : text
        let line = beginning.split(whereSeparator: \.isNewline).joined(separator: " ").trimmingCharacters(
            in: .whitespaces)
        return line.count > length ? line.prefix(length) + "…" : line
    }
}

/// A response's body, and what its `Content-Type` says of it.
private struct Content {
    /// In lower case, without parameters; nil where the server names none.
    let type: String?
    let charset: String?
    let text: String
    /// Nil where the body is not one value of JSON.
    let json: JSONValue?

    init(_ response: HTTPResponse) {
        let parts = (response.header("content-type") ?? "").split(separator: ";").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        type = parts.first.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        charset = parts.dropFirst().lazy.map { $0.split(separator: "=", maxSplits: 1) }.first {
            $0.count == 2 && $0[0].lowercased() == "charset"
        }?.last?.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
        text = String(decoding: response.body, as: UTF8.self)
        json = try? JSONValue(parsing: text)
    }

    /// Whether the server says that it is JSON.
    var isJSON: Bool { type?.contains("json") == true }
    var mayBeJSON: Bool { type == nil || isJSON }

    /// A list whose items stand in lines (`application/x-ndjson`), or after record separators (RFC 7464); nil where one is
    /// not JSON.
    var lines: [JSONValue]? {
        var values: [JSONValue] = []
        for line in text.split(whereSeparator: { $0.isNewline || $0 == "\u{1e}" }) {
            if line.allSatisfy(\.isWhitespace) { continue }
            guard let value = try? JSONValue(parsing: String(line)) else { return nil }
            values.append(value)
        }
        return values.isEmpty ? nil : values
    }
}
