/// Reads what `pdftotext -bbox-layout` writes: pages, blocks, lines and words with their places.
///
/// In its plain form pdftotext takes hyphens at the ends of lines away, those of "well-known" too; here they stay, and
/// `HyphenJoiner` decides. An element is on a line of its own.
struct PDFLayout {
    /// Lines, an empty one between blocks, a form feed after each page, as `PDFText` takes it.
    private(set) var text: [UInt8] = []
    private var lastWord: Box?
    private var line: Box?

    init(_ output: [UInt8]) {
        text.reserveCapacity(output.count / 8)
        for row in output.split(separator: .newline) { read(row.trimmed) }
    }

    private mutating func read(_ row: ArraySlice<UInt8>) {
        if row.starts(with: "<word ") {
            addWord(row)
        } else if row.starts(with: "<line ") {
            line = Box(row)
            lastWord = nil
        } else if row.starts(with: "</line>") || row.starts(with: "</block>") {
            text.append(.newline)
        } else if row.starts(with: "</page>") {
            text.append(0x0C)
        }
    }

    private mutating func addWord(_ row: ArraySlice<UInt8>) {
        guard let start = row.firstIndex(of: UInt8(ascii: ">")), let end = row.lastIndex(of: UInt8(ascii: "<")),
            start < end
        else { return }
        let box = Box(row[..<start])
        if let lastWord, let box, let line, !box.isFar(from: lastWord, in: line) {
            // Written without spaces, or parted by a change of the typeface.
        } else if lastWord != nil {
            text.append(.space)
        }
        lastWord = box
        appendUnescaped(row[(start + 1)..<end])
    }

    private mutating func appendUnescaped(_ word: ArraySlice<UInt8>) {
        var rest = word
        while let byte = rest.first {
            if let (name, character) = Self.entities.first(where: { rest.starts(with: $0.name) }) {
                text.append(character)
                rest = rest.dropFirst(name.utf8CodeUnitCount)
            } else {
                text.append(byte)
                rest = rest.dropFirst()
            }
        }
    }

    /// Those that pdftotext writes (poppler, utils/pdftotext.cc).
    private static let entities: [(name: StaticString, character: UInt8)] = [
        ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
        ("&quot;", .quote), ("&apos;", UInt8(ascii: "'")),
    ]

    /// Where something is, in points.
    private struct Box {
        var left, top, right, bottom: Double

        init?(_ row: ArraySlice<UInt8>) {
            guard let left = Self.value(of: "xMin=\"", in: row), let top = Self.value(of: "yMin=\"", in: row),
                let right = Self.value(of: "xMax=\"", in: row), let bottom = Self.value(of: "yMax=\"", in: row)
            else { return nil }
            (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
        }

        private static func value(of name: StaticString, in row: ArraySlice<UInt8>) -> Double? {
            guard let found = row.offset(of: name) else { return nil }
            return Double(row[(found + name.utf8CodeUnitCount)...].prefix { $0 != .quote }.text)
        }

        /// Whether there is a space between two words of a line, written in whatever direction: a tenth of the letters'
        /// height, as pdftotext has it.
        func isFar(from other: Box, in line: Box) -> Bool {
            let gap = max(left - other.right, other.left - right, top - other.bottom, other.top - bottom)
            return gap > 0.1 * min(line.right - line.left, line.bottom - line.top)
        }
    }
}
