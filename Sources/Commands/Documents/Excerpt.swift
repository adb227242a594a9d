/// A few lines of a passage, broken to a width, around the words that were looked for.
struct Excerpt {
    /// One line: its characters, and which of them are highlighted.
    struct Line: Equatable {
        var characters: [Character] = []
        var marks: [Bool] = []
        /// `…` where the passage goes on.
        var isCutBefore = false
        var isCutAfter = false

        var isBlank: Bool { characters.allSatisfy(\.isWhitespace) }

        func text(style: Style) -> String {
            var text = isCutBefore ? "…" : ""
            var start = 0
            while start < characters.count {
                let end = marks[start...].firstIndex { $0 != marks[start] } ?? characters.count
                let run = String(characters[start..<end])
                text += marks[start] ? style.strong(run) : run
                start = end
            }
            return text + (isCutAfter ? "…" : "")
        }
    }

    private(set) var lines: [Line]

    /// - Parameters:
    ///   - highlights: UTF-16 offset and length each; what lies outside the text counts for nothing.
    ///   - width: of a line, in columns.
    ///   - limit: the most lines.
    init(_ text: String, highlights: [[Int]], width: Int, lines limit: Int) {
        // Room for both `…`.
        let all = Self.paragraphs(text, Self.ranges(highlights)).flatMap { Self.broken($0, width: width - 2) }
        let start = Self.bestStart(all, limit)
        let end = min(start + limit, all.count)
        lines = Array(all[start..<end])
        guard !lines.isEmpty else { return }
        lines[0].isCutBefore = start > 0
        lines[lines.count - 1].isCutAfter = end < all.count
    }

    private static func ranges(_ highlights: [[Int]]) -> [Range<Int>] {
        highlights.compactMap { pair in
            guard pair.count == 2, pair[0] >= 0, pair[1] > 0, pair[1] < Int.max - pair[0] else { return nil }
            return pair[0]..<pair[0] + pair[1]
        }.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The text's own lines without control characters, leaving out the blank.
    private static func paragraphs(_ text: String, _ ranges: [Range<Int>]) -> [Line] {
        var paragraphs = [Line()]
        var offset = 0
        var next = ranges[...]
        for character in text {
            // They are sorted, so that none before this one is wanted again.
            while let first = next.first, first.upperBound <= offset { next.removeFirst() }
            let isMarked = next.first?.contains(offset) ?? false
            offset += character.utf16.count
            if character.isNewline {
                paragraphs.append(Line())
                continue
            }
            for visible in PlainText.block(String(character)) {
                let shown = visible == "\t" ? Array("    ") : [visible]
                paragraphs[paragraphs.count - 1].characters += shown
                paragraphs[paragraphs.count - 1].marks += shown.map { _ in isMarked }
            }
        }
        return paragraphs.filter { !$0.isBlank }
    }

    /// Breaks a line after white space, and a word only where it is wider than a line.
    private static func broken(_ line: Line, width: Int) -> [Line] {
        var lines: [Line] = []
        var start = 0
        var columns = 0
        var hasWord = false
        var lastBreak: Int?
        var index = 0
        func cut(at end: Int) {
            let rest = line.characters[start..<end]
            if let last = rest.lastIndex(where: { !$0.isWhitespace }) {
                lines.append(Line(characters: Array(rest[...last]), marks: Array(line.marks[start...last])))
            }
            (start, columns, hasWord, lastBreak) = (end, 0, false, nil)
        }
        while index < line.characters.count {
            let isSpace = line.characters[index].isWhitespace
            columns += Columns.width(of: line.characters[index])
            // White space at the end of a line may stand beyond its edge: it is left out.
            if columns > width, !isSpace, index > start {
                cut(at: lastBreak ?? index)
                index = start
                continue
            }
            index += 1
            if !isSpace { hasWord = true }
            if isSpace, hasWord { lastBreak = index }
        }
        cut(at: line.characters.count)
        return lines
    }

    /// Where the `limit` lines in a row begin that hold the most highlighted words: at the top where these do, else
    /// with the words in their middle.
    private static func bestStart(_ lines: [Line], _ limit: Int) -> Int {
        guard lines.count > limit else { return 0 }
        let counts = lines.map { line in
            zip(line.marks, [false] + line.marks).count { $0 && !$1 }
        }
        var sums = [counts[..<limit].reduce(0, +)]
        for start in 1...lines.count - limit {
            sums.append(sums[start - 1] - counts[start - 1] + counts[start + limit - 1])
        }
        guard let most = sums.max(), let first = sums.firstIndex(of: most), first > 0 else { return 0 }
        let end = sums[first...].firstIndex { $0 != most } ?? sums.count
        return (first + end - 1) / 2
    }
}
