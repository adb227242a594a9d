/// The first words and marks of a piece of code, up to its body or its end.
struct CodeTokens {
    private(set) var words: [String] = []
    /// Whether a body in braces follows.
    private(set) var hasBody = false

    init(_ code: ArraySlice<UInt8>) {
        var index = code.startIndex
        let end = min(code.endIndex, code.startIndex + Self.limit)
        var depth = 0
        while index < end {
            let byte = code[index]
            if byte.isSpace {
                index += 1
            } else if Self.isWord(byte) {
                let word = code[index..<end].prefix(while: Self.isWord)
                words.append(word.text)
                index += word.count
            } else if code.starts(with: "//", at: index) {
                index = code[index..<end].firstIndex(of: .newline) ?? end
            } else if code.starts(with: "::", at: index) || code.starts(with: "=>", at: index) {
                words.append(code[index..<index + 2].text)
                index += 2
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                words.append(String(Unicode.Scalar(byte)))
                index += 1
                if depth <= 0, byte == UInt8(ascii: "{") {
                    hasBody = true
                    return
                }
                if depth <= 0, byte == UInt8(ascii: ";") { return }
            }
        }
    }

    /// Words with blanks between them, marks without.
    static func joined(_ words: some Sequence<String>) -> String {
        var text = ""
        for word in words {
            if let last = text.utf8.last, isWord(last), word.utf8.first.map(isWord) == true { text += " " }
            text += word
        }
        return text.asHeading
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
    }

    /// Bytes: a declaration of more is cut.
    private static let limit = 1000
}
