/// Bytes of ASCII that mean something in formats, patterns and paths.
extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let hyphen = UInt8(ascii: "-")
    static let colon = UInt8(ascii: ":")
    static let question = UInt8(ascii: "?")
    static let exclamation = UInt8(ascii: "!")
    static let dot = UInt8(ascii: ".")
    static let hash = UInt8(ascii: "#")

    /// Space, tab, line ends, form feed.
    var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
    var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    var text: String { String(decoding: self, as: UTF8.self) }

    func starts(with text: StaticString, at offset: Int) -> Bool {
        guard offset >= startIndex, offset + text.utf8CodeUnitCount <= endIndex else { return false }
        return text.withUTF8Buffer { wanted in
            for index in 0..<wanted.count where unsafe self[offset + index] != wanted[index] { return false }
            return true
        }
    }

    func starts(with text: StaticString) -> Bool { starts(with: text, at: startIndex) }

    /// Letters of ASCII in either case are the same.
    ///
    /// - Parameter text: in small letters.
    func startsIgnoringCase(with text: StaticString, at offset: Int) -> Bool {
        guard offset >= startIndex, offset + text.utf8CodeUnitCount <= endIndex else { return false }
        return text.withUTF8Buffer { wanted in
            for index in 0..<wanted.count where unsafe self[offset + index].lowercased != wanted[index] {
                return false
            }
            return true
        }
    }

    /// Where it is first found, from `offset` on.
    func offset(of text: StaticString, from offset: Int? = nil) -> Int? {
        let last = endIndex - text.utf8CodeUnitCount
        var index = offset ?? startIndex
        while index <= last {
            if starts(with: text, at: index) { return index }
            index += 1
        }
        return nil
    }

    /// Without white space at its ends.
    var trimmed: SubSequence {
        var (start, end) = (startIndex, endIndex)
        while start < end, self[start].isSpace { start += 1 }
        while end > start, self[end - 1].isSpace { end -= 1 }
        return self[start..<end]
    }
}

extension String {
    /// White space made single spaces, and cut to a length that fits over a passage.
    var asHeading: String { singleSpaced(limit: 200) }

    func singleSpaced(limit: Int) -> String {
        // What is far longer than the limit need not be looked at whole.
        let words = utf8.count <= limit * 16 ? self : String(prefix(limit * 4))
        let spaced = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return spaced.count <= limit ? spaced : spaced.prefix(limit - 1) + "…"
    }

    /// Itself, or nil where there is nothing to read in it.
    var nonBlank: String? {
        allSatisfy(\.isWhitespace) ? nil : self
    }
}
