/// The records of a table in text (RFC 4180, and what programs make of it).
struct CSVRecords: IteratorProtocol {
    private let text: [UInt8]
    private let delimiter: UInt8
    private var index = 0
    /// Whether a quote was met that is never closed. Those after it are then values' own, so that one stray quote
    /// neither swallows the rest of the table nor makes reading it slower with each further one.
    private(set) var hasOpenQuote = false

    init(_ text: [UInt8], delimiter: UInt8) {
        self.text = text
        self.delimiter = delimiter
    }

    /// - Returns: the next record that is not an empty line.
    mutating func next() -> [[UInt8]]? {
        while index < text.count, text[index] == .newline { index += 1 }
        guard index < text.count else { return nil }
        var values: [[UInt8]] = []
        while true {
            values.append(quotedValue() ?? plainValue())
            guard index < text.count else { return values }
            let isEnd = text[index] == .newline
            index += 1
            if isEnd { return values }
        }
    }

    private mutating func plainValue() -> [UInt8] {
        let start = index
        while index < text.count, text[index] != delimiter, text[index] != .newline { index += 1 }
        return Array(text[start..<index])
    }

    /// Nil, with nothing read, where no quote begins here, or it is not closed.
    private mutating func quotedValue() -> [UInt8]? {
        guard !hasOpenQuote, index < text.count, text[index] == .quote else { return nil }
        var value: [UInt8] = []
        var next = index + 1
        while next < text.count, next - index < Self.valueLimit {
            if text[next] != .quote {
                value.append(text[next])
                next += 1
            } else if next + 1 < text.count, text[next + 1] == .quote {
                value.append(.quote)
                next += 2
            } else if let end = endOfValue(next + 1) {
                index = end
                return value
            } else {
                // Closed in the middle of a value: the writer did not double its quotes.
                value.append(.quote)
                next += 1
            }
        }
        hasOpenQuote = true
        return nil
    }

    /// Blanks may stand between the quote and the delimiter.
    private func endOfValue(_ start: Int) -> Int? {
        var end = start
        while end < text.count, text[end] == .space { end += 1 }
        return end == text.count || text[end] == delimiter || text[end] == .newline ? end : nil
    }

    /// Longer ones are unclosed rather than long.
    private static let valueLimit = 1 << 20
}
