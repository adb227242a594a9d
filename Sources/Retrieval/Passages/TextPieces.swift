/// Where a long text may be cut.
enum TextPieces {
    /// The sentences of a paragraph, or the lines of code; each begins where the one before ends.
    static func split(_ text: [UInt8], _ range: Range<Int>, isCode: Bool) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = range.lowerBound
        for index in range where isEnd(text, index, range, isCode) {
            pieces.append(start..<(index + 1))
            start = index + 1
        }
        if start < range.upperBound { pieces.append(start..<range.upperBound) }
        return pieces.filter { piece in text[piece].contains { !$0.isSpace } }
    }

    private static func isEnd(_ text: [UInt8], _ index: Int, _ range: Range<Int>, _ isCode: Bool) -> Bool {
        let byte = text[index]
        if byte == .newline {
            // In prose, a single line end is a space.
            return isCode || (index + 1 < range.upperBound && text[index + 1] == .newline)
        }
        guard !isCode, byte.isSpace, index > range.lowerBound else { return false }
        let before = text[index - 1]
        guard [.dot, .exclamation, .question].contains(before) else { return false }
        // "J. Keynes" and "e.g. this": a sentence's last word has more than one letter, and the next begins large.
        let word = text[range.lowerBound..<(index - 1)].reversed().prefix { !$0.isSpace }
        guard word.count > 1 || before != .dot else { return false }
        guard let next = text[index..<range.upperBound].first(where: { !$0.isSpace }) else { return true }
        return !(0x61...0x7a).contains(next)
    }

    /// Cuts a piece that is over the limit between words, in parts of about equal length.
    static func shorten(
        _ text: [UInt8], _ range: Range<Int>, tokens: Int, limit: Int
    ) -> [Range<Int>] {
        guard tokens > limit else { return [range] }
        let parts = (tokens + limit * 3 / 4 - 1) / (limit * 3 / 4)
        let length = max(1, range.count / parts)
        var pieces: [Range<Int>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            var end = min(start + length, range.upperBound)
            if end < range.upperBound {
                let space = text[start..<end].lastIndex(where: \.isSpace)
                if let space, space > start + length / 2 {
                    end = space + 1
                } else {
                    // Not within a character (RFC 3629: its other bytes begin with 10).
                    while end < range.upperBound, text[end] & 0b1100_0000 == 0b1000_0000 { end += 1 }
                }
            }
            pieces.append(start..<end)
            start = end
        }
        return pieces
    }
}
