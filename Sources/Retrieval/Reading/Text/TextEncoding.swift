/// Finds out how text is encoded and makes it UTF-8 whose lines end in a line feed.
enum TextEncoding {
    /// What the text or something outside it declares comes first; what declares nothing and is no UTF-8 is read in the
    /// encoding of which words come (`EncodingGuess`).
    ///
    /// - Parameter charset: what something outside says, an HTTP header or a mail's. A byte order mark goes before it.
    /// - Returns: nil where the bytes are no text, or text in no encoding that can be told.
    static func decode(_ bytes: [UInt8], charset: String? = nil) -> [UInt8]? {
        if let (encoding, mark) = byteOrderMark(bytes) { return encoding.decode(bytes[mark...]).map(normalized) }
        if let named = charset.flatMap(Encoding.init(charset:)), named != .utf8,
            let text = named.decode(bytes[...])
        {
            return isText(text) ? normalized(text) : nil
        }
        if let wide = wideWithoutMark(bytes) { return wide.decode(bytes[...]).map(normalized) }
        guard isText(bytes) else { return nil }
        if isValid(bytes) { return normalized(withoutEscapes(bytes)) }
        return decodeUndeclared(bytes).map(normalized)
    }

    /// What is neither UTF-8 nor declared by something outside.
    private static func decodeUndeclared(_ bytes: [UInt8]) -> [UInt8]? {
        if let encoding = declaredInside(bytes).flatMap(Encoding.init(charset:)), encoding != .utf8,
            let text = encoding.decode(bytes[...])
        {
            return text
        }
        if isMostlyUTF8(bytes) { return decodeMixed(bytes) }
        guard let guess = EncodingGuess.encoding(of: bytes) else { return nil }
        return guess == .western ? decodeMixed(bytes) : CharacterConverter.convert(bytes[...], from: guess.name)
    }

    /// ISO-2022-JP is ASCII that escapes into other character sets (RFC 1468).
    private static func withoutEscapes(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.offset(of: "\u{1B}$B") != nil || bytes.offset(of: "\u{1B}$@") != nil,
            let text = CharacterConverter.convert(bytes[...], from: "ISO-2022-JP"), isText(text)
        else { return bytes }
        return text
    }

    /// What a text says of itself in its first two lines: `coding: koi8-r`, as editors and Python (PEP 263) write it, or an
    /// XML declaration.
    static func declaredInside(_ bytes: [UInt8]) -> String? {
        let beginning = bytes.prefix(1024).split(separator: .newline, maxSplits: 2).prefix(2)
        for line in beginning {
            let line = line.map(\.lowercased)
            guard let found = line.offset(of: "coding") else { continue }
            let rest = line[(found + 6)...].drop(while: \.isSpace)
            guard rest.first == .colon || rest.first == UInt8(ascii: "=") else { continue }
            let name = rest.dropFirst().drop { $0.isSpace || $0 == .quote || $0 == UInt8(ascii: "'") }
                .prefix { $0.isLetter || $0.isDigit || "-_.".utf8.contains($0) }
            if !name.isEmpty { return name.text }
        }
        return nil
    }

    enum Encoding: Hashable {
        case utf8
        case utf16(isBigEndian: Bool)
        case utf32(isBigEndian: Bool)
        /// What the system's converter knows.
        case named(String)

        /// Nil for a name that says no more than the bytes do: what calls itself ASCII or Latin-1 is often Windows-1252
        /// or UTF-8, on the web too.
        init?(charset: String) {
            switch charset.lowercased() {
            case "utf-8", "utf8", "unicode-1-1-utf-8": self = .utf8
            case "utf-16le", "utf-16": self = .utf16(isBigEndian: false)
            case "utf-16be": self = .utf16(isBigEndian: true)
            case "utf-32le", "utf-32": self = .utf32(isBigEndian: false)
            case "utf-32be": self = .utf32(isBigEndian: true)
            case "", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "cp1252", "unknown-8bit", "binary",
                "8bit":
                return nil
            case let name: self = .named(name)
            }
        }

        /// - Returns: nil where there is no such encoding.
        func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
            switch self {
            case .utf8: isValid(bytes) ? Array(bytes) : decodeMixed(Array(bytes))
            case .utf16(let isBigEndian):
                transcode(units(bytes, width: 2, isBigEndian: isBigEndian).lazy.map(UInt16.init), from: UTF16.self)
            case .utf32(let isBigEndian):
                transcode(units(bytes, width: 4, isBigEndian: isBigEndian), from: UTF32.self)
            case .named(let name): CharacterConverter.convert(bytes, from: name)
            }
        }
    }

    private static func byteOrderMark(_ bytes: [UInt8]) -> (Encoding, length: Int)? {
        // UTF-32's mark begins with UTF-16's.
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return (.utf32(isBigEndian: false), 4) }
        if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return (.utf32(isBigEndian: true), 4) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16(isBigEndian: false), 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16(isBigEndian: true), 2) }
        return nil
    }

    /// UTF-16 of mostly Latin text has a zero in every other byte.
    private static func wideWithoutMark(_ bytes: [UInt8]) -> Encoding? {
        guard bytes.count >= 4, bytes.count.isMultiple(of: 2), bytes.prefix(4096).contains(0) else { return nil }
        var (even, odd) = (0, 0)
        let sample = bytes.prefix(65536)
        for (index, byte) in sample.enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { even += 1 } else { odd += 1 }
        }
        let half = sample.count / 2
        if odd * 10 >= half * 4, even * 50 <= half { return .utf16(isBigEndian: false) }
        if even * 10 >= half * 4, odd * 50 <= half { return .utf16(isBigEndian: true) }
        return nil
    }

    /// Control characters are rare in text: three in a hundred are more than a log with colours has.
    static func isText(_ bytes: some Sequence<UInt8>) -> Bool {
        var (count, controls) = (0, 0)
        for byte in bytes {
            count += 1
            // Tab to carriage return, backspace, escape.
            if byte < 0x20, !(0x08...0x0D).contains(byte), byte != 0x1B { controls += 1 }
        }
        return controls * 33 <= count
    }

    static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
