import Core

/// JSON as it is written here: on one line, a space after each colon and comma, and in strings no escape where none is
/// needed (RFC 8259, section 7).
enum JSONText {
    /// Characters of ASCII that stand for themselves in a string.
    static let plain = ByteSet((0x20...0x7e).filter { $0 != 0x22 && $0 != 0x5c })

    static let plainASCII = ScalarSet((0x20...0x7e).filter { plain.contains(UInt8($0)) }.map { $0...$0 })

    /// One character of a string.
    static let character = written(.all)

    private static let short: [UInt32: String] = [
        0x22: "\\\"", 0x5c: "\\\\", 0x08: "\\b", 0x0c: "\\f", 0x0a: "\\n", 0x0d: "\\r", 0x09: "\\t",
    ]
    private static let control = ScalarSet([0...0x1f, 0x7f...0x7f])
    private static let plainScalars = ScalarSet.all.subtracting(control).subtracting(ScalarSet("\"\\"))

    /// One character of a set, as it is written in a string.
    static func written(_ set: ScalarSet) -> Expression {
        let escaped = set.intersection(control.union(ScalarSet("\"\\"))).ranges.flatMap { $0 }
            .map { Expression.literal(escape($0)) }
        let plain = set.intersection(plainScalars)
        let direct: [Expression] =
            if case .choice(let parts) = plain.utf8 { parts } else { [plain.utf8] }
        return .choice(direct + escaped)
    }

    private static func escape(_ scalar: UInt32) -> String {
        if let short = short[scalar] { return short }
        let digits = String(scalar, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// A text as it stands between a string's quotes.
    static func inside(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            control.contains(scalar.value) || scalar == "\"" || scalar == "\\" ? escape(scalar.value) : String(scalar)
        }.joined()
    }

    static func quoted(_ inside: Expression) -> Expression {
        .sequence([.literal("\""), inside, .literal("\"")])
    }

    static func string(least: Int, most: Int?) -> Expression {
        quoted(.repeated(character, least: least, most: most))
    }

    /// Whether bytes are whole characters that stand for themselves in a string.
    static func isPlain(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) else { return false }
        return text.unicodeScalars.allSatisfy { plainScalars.contains($0.value) }
    }

    /// A value's text.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .array(let values): "[" + values.map(text).joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { "\"\(inside($0.key))\": \(text($0.value))" }
                .joined(separator: ", ") + "}"
        case .string(let string): "\"\(inside(string))\""
        default: value.text
        }
    }
}
