/// Writes JSON: members in their order, slashes as they are, in time linear in what is written.
///
/// Characters that a terminal or a reader could take for something else (controls, and those that change the direction
/// of text) are escaped, so that JSON can be shown wherever text can. A number that is not finite becomes `null`.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    /// Whether each member and item stands on a line of its own.
    private let isIndented: Bool
    /// Whether members are sorted by name, which takes more than linear time.
    private let isSorted: Bool
    private var depth = 0

    package init(isIndented: Bool = false, isSorted: Bool = false) {
        self.isIndented = isIndented
        self.isSorted = isSorted
    }

    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .number(let value): write(value)
        case .digits(let digits): bytes += digits.utf8
        case .string(let text): write(text)
        case .array(let items):
            write("[", "]", items) { writer, item in writer.write(item) }
        case .object(let members):
            if isSorted { write(members.sorted { $0.key < $1.key }) } else { write(members) }
        }
    }

    private mutating func write(_ members: some Collection<JSONObject.Element>) {
        write("{", "}", members) { writer, member in
            writer.write(member.key)
            writer.bytes += (writer.isIndented ? ": " : ":").utf8
            writer.write(member.value)
        }
    }

    private mutating func write<Items: Collection>(
        _ opening: String, _ closing: String, _ items: Items, _ body: (inout JSONWriter, Items.Element) -> Void
    ) {
        bytes += opening.utf8
        depth += 1
        var isFirst = true
        for item in items {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            breakLine()
            body(&self, item)
        }
        depth -= 1
        if !isFirst { breakLine() }
        bytes += closing.utf8
    }

    private mutating func breakLine() {
        guard isIndented else { return }
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth { bytes += "  ".utf8 }
    }

    private mutating func write(_ number: Double) {
        guard number.isFinite else {
            bytes += "null".utf8
            return
        }
        let text = "\(number)"
        bytes += text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...]
    }

    // MARK: Strings

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += #"\""#.utf8
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case ..<0x20: escape(control: byte)
            case 0x7F...:
                bytes.append(byte)
                escapeHiddenScalar()
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(control byte: UInt8) {
        switch byte {
        case 0x08: bytes += #"\b"#.utf8
        case 0x09: bytes += #"\t"#.utf8
        case 0x0A: bytes += #"\n"#.utf8
        case 0x0C: bytes += #"\f"#.utf8
        case 0x0D: bytes += #"\r"#.utf8
        default: escape(UInt16(byte))
        }
    }

    /// Replaces the last bytes written by their escape where they are a character that is not shown.
    private mutating func escapeHiddenScalar() {
        let last = bytes[bytes.count - 1]
        let before = bytes.count > 1 ? bytes[bytes.count - 2] : 0
        let third = bytes.count > 2 ? bytes[bytes.count - 3] : 0
        switch (third, before, last) {
        case (_, _, 0x7F): replaceLast(1, by: 0x7F)
        // U+0080 to U+009F: controls too.
        case (_, 0xC2, 0x80...0x9F): replaceLast(2, by: UInt16(last))
        // U+061C, U+200E, U+200F: marks of direction.
        case (_, 0xD8, 0x9C): replaceLast(2, by: 0x061C)
        case (0xE2, 0x80, 0x8E...0x8F): replaceLast(3, by: 0x2000 + UInt16(last - 0x80))
        // U+2028 to U+202E: line and paragraph separators, embeddings and overrides.
        case (0xE2, 0x80, 0xA8...0xAE): replaceLast(3, by: 0x2000 + UInt16(last - 0x80))
        // U+2066 to U+2069: isolates.
        case (0xE2, 0x81, 0xA6...0xA9): replaceLast(3, by: 0x2040 + UInt16(last - 0x80))
        default: break
        }
    }

    private mutating func replaceLast(_ count: Int, by code: UInt16) {
        bytes.removeLast(count)
        escape(code)
    }

    private mutating func escape(_ code: UInt16) {
        let digits = Array("0123456789abcdef".utf8)
        bytes += #"\u"#.utf8
        for shift in [12, 8, 4, 0] { bytes.append(digits[Int(code >> shift) & 15]) }
    }
}
