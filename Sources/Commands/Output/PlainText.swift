/// Makes texts of others safe for a terminal: plugins, documents and models may write what moves the cursor or
/// renames the window.
enum PlainText {
    /// Without control characters but line ends and tabs.
    static func block(_ text: String) -> String {
        filtered(text) { $0 == "\n" || $0 == "\t" || !isControl($0) }
    }

    /// On one line, at most `limit` characters.
    static func line(_ text: String, limit: Int = .max) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let line = filtered(words) { !isControl($0) }
        return line.count <= limit ? line : line.prefix(max(limit - 1, 0)) + "…"
    }

    /// On one line, whole and with its spaces as they are, so that a path can be copied.
    static func cell(_ text: String) -> String {
        block(text).replacing("\n", with: " ").replacing("\t", with: " ")
    }

    private static func filtered(_ text: String, _ keep: (Unicode.Scalar) -> Bool) -> String {
        guard !text.unicodeScalars.allSatisfy(keep) else { return text }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.lazy.filter(keep))
        return String(kept)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}
