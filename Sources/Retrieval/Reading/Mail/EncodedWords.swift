/// Decodes `=?utf-8?Q?Gr=C3=BC=C3=9Fe?=` in header fields (RFC 2047).
enum EncodedWords {
    static func decode(_ whole: [UInt8]) -> String {
        // A field of megabytes is no header.
        let field = Array(whole.prefix(32768))
        guard field.offset(of: "=?") != nil else { return plain(field[...]) }
        var words = WordJoiner()
        var index = 0
        var plainStart = 0
        var ends = Ends(field: field)
        while index < field.count {
            guard field.starts(with: "=?", at: index), let word = word(field, at: index, &ends) else {
                index += 1
                continue
            }
            words.add(plain: field[plainStart..<index], isBeforeWord: true)
            words.add(word.bytes, charset: word.charset)
            index = word.end
            plainStart = index
        }
        words.add(plain: field[plainStart...], isBeforeWord: false)
        return words.text
    }

    /// Puts words of one charset that follow each other together before they are decoded: a character may be cut between
    /// them.
    private struct WordJoiner {
        private(set) var text = ""
        private var charset: String?
        private var bytes: [UInt8] = []

        mutating func add(plain: ArraySlice<UInt8>, isBeforeWord: Bool) {
            // Blanks between two encoded words are there only to fold the line.
            if isBeforeWord, charset != nil, plain.allSatisfy(\.isSpace) { return }
            flush()
            text += EncodedWords.plain(plain)
        }

        mutating func add(_ bytes: [UInt8], charset: String) {
            if self.charset != charset { flush() }
            self.charset = charset
            self.bytes += bytes
        }

        private mutating func flush() {
            if let charset { text += EncodedWords.text(bytes, charset: charset) }
            charset = nil
            bytes = []
        }
    }

    /// The places of `?=`, each looked for once however many words begin before it.
    private struct Ends {
        let field: [UInt8]
        private var found: Int?
        private var searched = 0

        init(field: [UInt8]) {
            self.field = field
        }

        mutating func first(from start: Int) -> Int? {
            if let found, found >= start { return found }
            guard start >= searched || found != nil else { return nil }
            searched = start
            found = field.offset(of: "?=", from: start)
            // Where there is none after this place, there is none after a later one.
            if found == nil { searched = .max }
            return found
        }
    }

    private static func word(
        _ field: [UInt8], at start: Int, _ ends: inout Ends
    ) -> (charset: String, bytes: [UInt8], end: Int)? {
        let mark = UInt8(ascii: "?")
        guard let charsetEnd = field[(start + 2)...].prefix(64).firstIndex(of: mark), charsetEnd + 2 < field.count,
            field[charsetEnd + 2] == mark, let end = ends.first(from: charsetEnd + 3)
        else { return nil }
        let encoded = field[(charsetEnd + 3)..<end]
        let bytes: [UInt8]
        switch field[charsetEnd + 1].lowercased {
        case UInt8(ascii: "b"): bytes = TransferEncoding.base64(encoded)
        case UInt8(ascii: "q"): bytes = TransferEncoding.quotedPrintable(encoded, isWord: true)
        default: return nil
        }
        // RFC 2231 adds a language: `utf-8*en`.
        let charset = field[(start + 2)..<charsetEnd].prefix { $0 != UInt8(ascii: "*") }.text.lowercased()
        return (charset, bytes, end + 2)
    }

    private static func plain(_ bytes: ArraySlice<UInt8>) -> String { text(Array(bytes), charset: nil) }

    private static func text(_ bytes: [UInt8], charset: String?) -> String {
        TextEncoding.decode(bytes, charset: charset)?.text ?? bytes.text
    }
}
