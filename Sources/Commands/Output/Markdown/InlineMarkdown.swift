/// Emphasis and code in a line of Markdown (CommonMark 0.31, sections 6.1 and 6.2), as far as answers use them.
///
/// A mark counts only where its partner is there: `2 * 3`, `**kwargs` and `snake_case` stay as they are.
enum InlineMarkdown {
    enum Kind: Hashable {
        case plain
        case emphasis
        case strong
        case code
    }

    struct Piece: Hashable {
        var kind: Kind
        /// Without its marks.
        var text: String
        /// As it was written.
        var source: String
    }

    /// Text after an opening mark that is waited for its partner; a longer one has none.
    private static let mostWaiting = 400

    /// The pieces of a line, as far as they can be told.
    ///
    /// - Parameters:
    ///   - line: without its end.
    ///   - isWhole: whether nothing comes after it; else what may still become a piece is left over.
    static func pieces(of line: Substring, isWhole: Bool) -> (pieces: [Piece], rest: Substring) {
        var pieces: [Piece] = []
        var plain = ""
        var index = line.startIndex
        func end() { if !plain.isEmpty { pieces.append(Piece(kind: .plain, text: plain, source: plain)) } }
        while index < line.endIndex {
            let character = line[index]
            guard "*_`".contains(character) else {
                plain.append(character)
                line.formIndex(after: &index)
                continue
            }
            let run = line[index...].prefix { $0 == character }
            let isDecided = isWhole || line[index...].count > mostWaiting
            // The next piece may bring more of the same.
            if run.endIndex == line.endIndex, !isDecided { break }
            if let (kind, close) = span(run, in: line) {
                end()
                plain = ""
                let source = String(line[index..<close.upperBound])
                pieces.append(Piece(kind: kind, text: String(line[run.endIndex..<close.lowerBound]), source: source))
                index = close.upperBound
                continue
            }
            if mayOpen(run, in: line), !isDecided { break }
            plain += run
            index = run.endIndex
        }
        end()
        return (pieces, line[index...])
    }

    /// What a run of marks begins, and where the run is that ends it.
    private static func span(_ run: Substring, in line: Substring) -> (Kind, Range<Substring.Index>)? {
        guard mayOpen(run, in: line) else { return nil }
        let mark = run[run.startIndex]
        let kind: Kind = mark == "`" ? .code : run.count == 1 ? .emphasis : .strong
        var index = run.endIndex
        while let begin = line[index...].firstIndex(of: mark) {
            let other = line[begin...].prefix { $0 == mark }
            index = other.endIndex
            guard other.count == run.count, begin > run.endIndex else { continue }
            if kind == .code { return (kind, begin..<other.endIndex) }
            // `__init__.py` is a name.
            let after = line[other.endIndex...]
            let isName = mark == "_" && after.first == "." && after.dropFirst().first.map(isWord) == true
            let isClosing =
                !line[line.index(before: begin)].isWhitespace && !isName && after.first.map(isWord) != true
            if isClosing { return (kind, begin..<other.endIndex) }
        }
        return nil
    }

    private static func mayOpen(_ run: Substring, in line: Substring) -> Bool {
        if run.first == "`" { return run.count <= 2 }
        guard run.count <= 2 else { return false }
        let isBefore = run.startIndex == line.startIndex || !isWord(line[line.index(before: run.startIndex)])
        return isBefore && (run.endIndex == line.endIndex || !line[run.endIndex].isWhitespace)
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}
