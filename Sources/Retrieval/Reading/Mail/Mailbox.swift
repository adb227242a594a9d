/// The messages of a mailbox: each begins after a line `From sender date`, and lines of its own that begin so are quoted
/// with `>`.
struct Mailbox: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // What stands before the first message is none.
        while index < bytes.count, !Self.isSeparator(bytes, at: index) { index = nextLine(index) }
    }

    /// - Returns: the next message from its first header on, its quoted lines as they were.
    mutating func next() -> [UInt8]? {
        guard index < bytes.count else { return nil }
        index = nextLine(index)
        var message: [UInt8] = []
        var wasBlank = false
        while index < bytes.count {
            if wasBlank, Self.isSeparator(bytes, at: index) { return message }
            let end = nextLine(index)
            var line = bytes[index..<end]
            if line.first == UInt8(ascii: ">"), line.drop(while: { $0 == UInt8(ascii: ">") }).starts(with: "From ") {
                line.removeFirst()
            }
            message += line
            wasBlank = line.count <= 2 && line.allSatisfy(\.isSpace)
            index = end
        }
        return message
    }

    /// A sentence may begin with "From " too, but does not end in a year or a time zone.
    static func isSeparator(_ bytes: [UInt8], at index: Int) -> Bool {
        guard bytes.starts(with: "From ", at: index) else { return false }
        let line = bytes[index...].prefix(200).prefix { $0 != .newline }.trimmed
        let words = line.split(separator: .space)
        guard words.count >= 4, line.contains(.colon) else { return false }
        return words.suffix(3).contains { $0.count == 4 && $0.allSatisfy(\.isDigit) }
    }

    private func nextLine(_ index: Int) -> Int {
        bytes[index...].firstIndex(of: .newline).map { $0 + 1 } ?? bytes.count
    }
}
