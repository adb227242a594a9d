import Core

/// Makes texts of others safe for a terminal: plugins, documents and models may write what moves the cursor, renames the
/// window, hides words or turns their order about. See `Neutralizer`.
enum PlainText {
    /// Lines stay lines, and tabs tabs.
    static func block(_ text: String) -> String { Neutralizer.neutralised(text, .text) }

    /// An answer: also with the characters that were escaped for renderers of Markdown and HTML, which a terminal shows as
    /// they are.
    static func answer(_ text: String) -> String { block(Neutralizer.plain(text)) }

    /// On one line, at most `limit` characters.
    static func line(_ text: String, limit: Int = .max) -> String {
        let line = block(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= limit ? line : line.prefix(max(limit - 1, 0)) + "…"
    }

    /// On one line, whole and with its spaces as they are; what cannot be seen is written as an escape, so that two names
    /// can be told apart.
    static func name(_ text: String) -> String { Neutralizer.neutralised(text, .name) }
}
