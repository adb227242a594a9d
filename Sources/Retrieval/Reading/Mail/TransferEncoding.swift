/// How mail writes bytes in seven bits (RFC 2045, section 6). What is broken is passed over.
enum TransferEncoding {
    static func decode(_ body: ArraySlice<UInt8>, encoding: String?) -> [UInt8] {
        switch encoding?.lowercased() {
        case "base64": base64(body)
        case "quoted-printable": quotedPrintable(body)
        default: Array(body)
        }
    }

    static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count * 3 / 4)
        var (bits, count) = (UInt32(0), 0)
        for byte in text {
            let value: UInt8
            switch byte {
            case 0x41...0x5A: value = byte - 0x41
            case 0x61...0x7A: value = byte - 0x61 + 26
            case 0x30...0x39: value = byte - 0x30 + 52
            case UInt8(ascii: "+"), .hyphen: value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            case UInt8(ascii: "="):
                // Some programs put texts that were padded each on its own one after the other.
                (bits, count) = (0, 0)
                continue
            default: continue
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return result
    }

    /// - Parameter isWord: of a header, where `_` is a space (RFC 2047, section 4.2).
    static func quotedPrintable(_ text: ArraySlice<UInt8>, isWord: Bool = false) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if isWord, byte == UInt8(ascii: "_") {
                result.append(.space)
                index += 1
            } else if byte == UInt8(ascii: "="), index + 2 < text.endIndex, let high = text[index + 1].hexValue,
                let low = text[index + 2].hexValue
            {
                result.append(high << 4 | low)
                index += 3
            } else if byte == UInt8(ascii: "="), let end = softBreak(text, after: index) {
                index = end
            } else {
                result.append(byte)
                index += 1
            }
        }
        return result
    }

    /// The start of the next line, where nothing but blanks follows on this one.
    private static func softBreak(_ text: ArraySlice<UInt8>, after index: Int) -> Int? {
        var next = index + 1
        while next < text.endIndex, text[next] == .space || text[next] == .tab || text[next] == .carriageReturn {
            next += 1
        }
        if next == text.endIndex { return next }
        return text[next] == .newline ? next + 1 : nil
    }
}
