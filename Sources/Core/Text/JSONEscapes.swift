/// Writes what nobody sees in a JSON text as escapes: `\u202e`.
///
/// The values stay what they are (RFC 8259, section 7), and a terminal, a log or a pager that shows the text is told nothing
/// by it. JSON itself only asks for C0 controls to be escaped.
package enum JSONEscapes {
    /// - Parameter json: JSON text: outside of strings there is nothing but ASCII.
    package static func escaped(_ json: [UInt8]) -> [UInt8] {
        guard let first = json.firstIndex(where: mayBeHidden) else { return json }
        var out: [UInt8] = []
        out.reserveCapacity(json.count + 64)
        out += json[..<first]
        var index = first
        while index < json.count {
            let byte = json[index]
            guard mayBeHidden(byte) else {
                out.append(byte)
                index += 1
                continue
            }
            let length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
            let end = min(index + length, json.count)
            var value = length == 1 ? UInt32(byte) : UInt32(byte & (0xff >> UInt8(length + 1)))
            for next in json[(index + 1)..<end] { value = value << 6 | UInt32(next & 0x3f) }
            if let scalar = Unicode.Scalar(value), isHidden(scalar) {
                for unit in UTF16.encode(scalar) ?? .init() {
                    let digits = String(unit, radix: 16)
                    out += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
                }
            } else {
                out += json[index..<end]
            }
            index = end
        }
        return out
    }

    package static func escaped(_ json: String) -> String {
        guard json.utf8.contains(where: mayBeHidden) else { return json }
        return String(decoding: escaped(Array(json.utf8)), as: UTF8.self)
    }

    /// Whether a character that begins with this byte of UTF-8 may be one that nobody sees.
    private static func mayBeHidden(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x7f, 0xc2, 0xcd, 0xd8, 0xe1, 0xe2, 0xe3, 0xef, 0xf0, 0xf3: true
        default: false
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7f...0x9f, 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfff9...0xfffb: true
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
