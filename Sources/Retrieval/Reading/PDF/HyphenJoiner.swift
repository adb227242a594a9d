/// Puts words together that were hyphenated at a line's end, and leaves those their hyphen that have one of their own.
///
/// What tells: how the document writes the word elsewhere; then, lists of words. "power-" and "ful" make a word, and "ful"
/// is none; "well-" and "known" make none, and both are words. Nobody hyphenates after a single letter, at a number, or
/// before a capital.
struct HyphenJoiner {
    private var words: Set<[UInt8]> = []
    private var listed: Set<[UInt8]> = []

    /// - Parameter pages: what `PDFLayout` gives.
    init(_ pages: [ArraySlice<UInt8>], list: WordList) {
        var wanted: Set<[UInt8]> = []
        for page in pages where page.offset(of: "-\n") != nil {
            for word in page.split(whereSeparator: { !Self.isWordByte($0) }) { words.insert(word.map(\.lowercased)) }
            var lines = page.split(separator: .newline, omittingEmptySubsequences: true).makeIterator()
            var before = lines.next()
            while let line = lines.next() {
                if let (head, tail) = before.flatMap({ Self.cut($0, line.trimmed) }) {
                    let (last, first) = (Self.lastPart(head), Self.firstPart(tail))
                    wanted.formUnion([last + first, last, first].map { $0.map(\.lowercased) })
                }
                before = line
            }
        }
        listed = list.known(among: wanted)
    }

    /// The lines of a paragraph as one text.
    func join(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
        var text: [UInt8] = []
        for line in lines {
            if text.isEmpty {
                text += line
            } else if text.suffix(2) == [0xC2, 0xAD] {
                text.removeLast(2)
                text += line
            } else if let (head, tail) = Self.cut(text[...], line) {
                if !keepsHyphen(head, tail) { text.removeLast() }
                text += line
            } else {
                text.append(.newline)
                text += line
            }
        }
        return Self.withoutLigatures(text)
    }

    /// The two parts of a word with a hyphen at a line's end; nil where there is none.
    private static func cut(
        _ text: ArraySlice<UInt8>, _ line: ArraySlice<UInt8>
    ) -> (head: [UInt8], tail: [UInt8])? {
        guard text.last == .hyphen else { return nil }
        let head = Array(text.dropLast().reversed().prefix(while: isWordByte).reversed())
        let tail = Array(line.prefix(while: isWordByte))
        // A list's dash stands alone.
        guard let last = head.last, last != .hyphen, let first = tail.first, first != .hyphen else { return nil }
        return (head, tail)
    }

    private func keepsHyphen(_ head: [UInt8], _ tail: [UInt8]) -> Bool {
        let (last, first) = (Self.lastPart(head), Self.firstPart(tail))
        if last.contains(where: \.isDigit) || first.contains(where: \.isDigit) { return true }
        if last.count(where: { $0 & 0xC0 != 0x80 }) == 1 { return true }
        let isInCapitals = !last.contains { $0.isLetter && $0.lowercased == $0 }
        if Self.startsWithCapital(first), !isInCapitals { return true }
        let (whole, rest) = (head.map(\.lowercased), tail.map(\.lowercased))
        if words.contains(whole + rest) { return false }
        if words.contains(whole + [.hyphen] + rest) { return true }
        let (left, right) = (last.map(\.lowercased), first.map(\.lowercased))
        if words.contains(left + right) || listed.contains(left + right) { return false }
        if listed.contains(left), listed.contains(right) { return true }
        return head.contains(.hyphen) || tail.contains(.hyphen)
    }

    private static func lastPart(_ head: [UInt8]) -> [UInt8] { Array(head.split(separator: .hyphen).last ?? []) }

    private static func firstPart(_ tail: [UInt8]) -> [UInt8] { Array(tail.split(separator: .hyphen).first ?? []) }

    private static func startsWithCapital(_ word: [UInt8]) -> Bool {
        word.prefix(4).text.first?.isUppercase == true
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
