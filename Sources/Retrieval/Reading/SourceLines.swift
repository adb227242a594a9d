/// Text and where its lines are.
struct SourceLines {
    /// UTF-8 whose lines end in a line feed.
    let bytes: [UInt8]
    /// 32 bits suffice for what `ReadLimits` lets through, and a file of line ends alone takes half the memory.
    private let starts: [UInt32]

    init(_ bytes: [UInt8]) {
        var starts: [UInt32] = bytes.isEmpty ? [] : [0]
        for (index, byte) in bytes.enumerated() where byte == .newline && index + 1 < bytes.count {
            starts.append(UInt32(index + 1))
        }
        self.bytes = bytes
        self.starts = starts
    }

    var count: Int { starts.count }

    func start(_ line: Int) -> Int { Int(starts[line]) }

    /// Without its end.
    subscript(line: Int) -> Range<Int> {
        let start = Int(starts[line])
        let next = line + 1 < starts.count ? Int(starts[line + 1]) : bytes.count
        let end = next > start && bytes[next - 1] == .newline ? next - 1 : next
        return start..<end
    }

    func isBlank(_ line: Int) -> Bool {
        let range = self[line]
        return bytes[range].allSatisfy(\.isSpace)
    }

    /// The range of whole lines, from the first one's start to the last one's end.
    func range(_ lines: Range<Int>) -> Range<Int> {
        lines.isEmpty ? 0..<0 : self[lines.lowerBound].lowerBound..<self[lines.upperBound - 1].upperBound
    }

    /// Marks lines as one block; where they are more than fits any passage, as several.
    func mark(
        _ lines: Range<Int>, in builder: inout DocumentBuilder, headings: [String] = [],
        form: ReadDocument.Form = .paragraph
    ) {
        var first = lines.lowerBound
        while first < lines.upperBound {
            var next = first + 1
            while next < lines.upperBound, self[next].upperBound - start(first) <= Self.blockLimit { next += 1 }
            let part = range(first..<next)
            if bytes[part].contains(where: { !$0.isSpace }) {
                builder.mark(part, headings: headings, location: .lines(first + 1...next), form: form)
            }
            first = next
        }
    }

    /// Bytes of a block, unless one line is longer.
    private static let blockLimit = 8192
}
