/// Makes paragraphs of what `pdftotext` writes: lines, empty ones between paragraphs, a form feed after each page.
enum PDFText {
    static func pages(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var pages = text.split(separator: 0x0C, omittingEmptySubsequences: false)
        if pages.last?.isEmpty == true { pages.removeLast() }
        return pages
    }

    static func append(_ pages: [ArraySlice<UInt8>], to builder: inout DocumentBuilder) {
        let joiner = HyphenJoiner(pages)
        for (number, page) in pages.enumerated() {
            for paragraph in paragraphs(page) {
                builder.append(joiner.join(paragraph), location: .page(number + 1))
                if builder.isFull { return }
            }
        }
    }

    /// Each a list of lines that are not blank.
    private static func paragraphs(_ page: ArraySlice<UInt8>) -> [[ArraySlice<UInt8>]] {
        var paragraphs: [[ArraySlice<UInt8>]] = []
        var lines: [ArraySlice<UInt8>] = []
        for line in page.split(separator: .newline, omittingEmptySubsequences: false) {
            let line = line.trimmed
            if !line.isEmpty {
                lines.append(line)
            } else if !lines.isEmpty {
                paragraphs.append(lines)
                lines = []
            }
        }
        if !lines.isEmpty { paragraphs.append(lines) }
        return paragraphs
    }
}

/// Puts words together that were hyphenated at a line's end, and leaves those alone that have a hyphen of their own: the
/// document itself says which, where it has the word elsewhere.
private struct HyphenJoiner {
    private var words: Set<[UInt8]> = []

    init(_ pages: [ArraySlice<UInt8>]) {
        for page in pages where page.offset(of: "-\n") != nil {
            for word in page.split(whereSeparator: { !Self.isWordByte($0) }) { words.insert(word.map(\.lowercased)) }
        }
    }

    func join(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
        var text: [UInt8] = []
        for line in lines {
            if text.isEmpty {
                text += line
            } else if text.suffix(2) == [0xC2, 0xAD] {
                text.removeLast(2)
                text += line
            } else if text.last == .hyphen, let first = line.first, isLowercaseStart(line, first) {
                let head = text.dropLast().reversed().prefix(while: Self.isWordByte).reversed()
                let tail = line.prefix(while: Self.isWordByte)
                switch hyphen(Array(head), Array(tail)) {
                case .joined: text.removeLast()
                case .kept: break
                case .none: text.append(.newline)
                }
                text += line
            } else {
                text.append(.newline)
                text += line
            }
        }
        return Self.withoutLigatures(text)
    }

    private enum Hyphen {
        case joined, kept, none
    }

    private func hyphen(_ head: [UInt8], _ tail: [UInt8]) -> Hyphen {
        let last = head.split(separator: .hyphen).last ?? []
        // A list's dash, a number's sign, a range of numbers.
        guard last.count > 1, last.allSatisfy({ !$0.isDigit }), !tail.isEmpty else { return .none }
        let (head, tail) = (head.map(\.lowercased), tail.map(\.lowercased))
        if words.contains(head + tail) { return .joined }
        if words.contains(head + [.hyphen] + tail) || head.contains(.hyphen) { return .kept }
        return .joined
    }

    private func isLowercaseStart(_ line: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        if first < 0x80 { return first.isLetter && first == first.lowercased }
        return line.prefix(4).text.first?.isLowercase == true
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == .hyphen || byte >= 0x80
    }

    /// `ﬁ` and its like (U+FB00 to U+FB04) are what a typesetter made of letters.
    private static func withoutLigatures(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(0xEF) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == 0xEF, index + 2 < text.count, text[index + 1] == 0xAC,
                (0x80...0x84).contains(text[index + 2])
            {
                result += ["ff", "fi", "fl", "ffi", "ffl"][Int(text[index + 2] - 0x80)].utf8
                index += 3
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }
}
