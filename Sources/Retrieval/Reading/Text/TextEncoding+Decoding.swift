extension TextEncoding {
    /// Line ends as line feeds, and no zero bytes, which C's parsers take for the end.
    static func normalized(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 == .carriageReturn || $0 == 0 }) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var previous: UInt8 = 0
        for byte in bytes {
            switch byte {
            case 0: break
            case .carriageReturn: result.append(.newline)
            case .newline where previous == .carriageReturn: break
            default: result.append(byte)
            }
            previous = byte
        }
        return result
    }

    /// What is UTF-8 as UTF-8, every other byte as Windows-1252: a file put together from both, or of 1252 alone.
    static func decodeMixed(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let length = byte < 0x80 ? 1 : sequenceLength(bytes, at: index)
            if length > 0 {
                result += bytes[index..<index + length]
                index += length
            } else {
                let scalar = byte < 0xA0 ? windows1252[Int(byte) - 0x80] : Unicode.Scalar(byte)
                result += UTF8.encode(scalar).map(Array.init) ?? []
                index += 1
            }
        }
        return result
    }

    /// Whether most bytes outside ASCII are UTF-8: the file was put together from several, or cut.
    static func isMostlyUTF8(_ bytes: [UInt8]) -> Bool {
        var (valid, others) = (0, 0)
        var index = 0
        while index < bytes.count {
            let length = bytes[index] < 0x80 ? 1 : sequenceLength(bytes, at: index)
            if length > 1 { valid += length } else if length == 0 { others += 1 }
            index += max(length, 1)
        }
        return valid >= 2 * others
    }

    /// Of the valid UTF-8 sequence of more than one byte that begins here (Unicode, table 3-7); 0 where none does.
    private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
        let (length, second): (Int, ClosedRange<UInt8>)
        switch bytes[index] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for byte in bytes[index + 2..<max(index + length, index + 2)] where byte & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// The bytes 0x80 to 0x9F (WHATWG Encoding, windows-1252).
    private static let windows1252 = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

    static func units(_ bytes: ArraySlice<UInt8>, width: Int, isBigEndian: Bool) -> [UInt32] {
        let count = bytes.count / width
        return unsafe [UInt32](unsafeUninitializedCapacity: count) { units, initialized in
            for unit in 0..<count {
                var value: UInt32 = 0
                for offset in 0..<width {
                    let place = isBigEndian ? offset : width - 1 - offset
                    value = value << 8 | UInt32(bytes[bytes.startIndex + unit * width + place])
                }
                unsafe units.initializeElement(at: unit, to: value)
            }
            initialized = count
        }
    }

    static func transcode<Encoding: Unicode.Encoding>(
        _ units: some Sequence<Encoding.CodeUnit>, from encoding: Encoding.Type
    ) -> [UInt8] {
        var result: [UInt8] = []
        _ = Swift.transcode(
            units.makeIterator(), from: encoding, to: UTF8.self, stoppingOnError: false, into: { result.append($0) })
        return result
    }
}
