import Core
import Foundation
import Languages
import Understanding

/// Cuts a passage into sentences, items, rows and records.
struct PassagePieces {
    struct Piece {
        /// Exactly as it stands in the passage.
        var text: String
        var heading: String
        var columns: [String] = []
        /// That of the paragraph, the item or the row it stands in.
        var paragraph: Int
        var isRecord = false
    }

    private(set) var all: [Piece] = []
    private let language: QuestionLanguage
    /// The length of the lines, where an editor broke them; nil where each end of a line was meant.
    private let width: Int?
    private var heading = ""
    private var paragraph = 0
    /// Lines that belong together: a paragraph, or an item with what goes on from it.
    private var open: [Substring] = []
    /// The table whose rows are being read.
    private var rows: [Substring] = []

    init(of passage: Passage, in language: QuestionLanguage) {
        self.language = language
        let text = Self.withoutFrontMatter(passage)
        let isRecord = ["csv", "json"].contains(passage.type)
        if isRecord, text.count <= Self.longestRecord {
            width = nil
            all = [Piece(text: String(text.trimmed), heading: "", paragraph: 0, isRecord: true)]
            return
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        width = Self.width(of: lines)
        for line in lines { read(line, isMember: isRecord) }
        closeTable()
        close()
    }

    /// Characters of a record that is quoted whole; of a longer one, a member is.
    private static let longestRecord = 400

    /// - Parameter isMember: whether each line is a member of a record.
    private mutating func read(_ line: Substring, isMember: Bool) {
        let trimmed = line.trimmingPrefix { $0.isWhitespace }
        if !TableRow.isOne(trimmed) { closeTable() }
        if trimmed.isEmpty {
            close()
        } else if trimmed.hasPrefix("#") {
            close()
            heading = String(trimmed.drop { $0 == "#" || $0 == " " }.trimmed)
        } else if TableRow.isOne(trimmed) {
            close()
            rows.append(trimmed.trimmed)
        } else {
            if isMember || open.last.map({ Self.begins(trimmed, after: $0, width) }) ?? true { close() }
            open.append(open.isEmpty ? trimmed : line)
        }
    }

    private mutating func close() {
        guard !open.isEmpty else { return }
        // What a line is labelled with is said of all its sentences: "Ada: lives in York. Allergic to nuts."
        var heading = heading
        // The number of an item is no sentence of its own.
        for sentence in Sentences.split(open.joined(separator: "\n"), after: ".!?", in: language)
        where !Self.number.isFound(in: sentence) {
            all.append(Piece(text: String(sentence[...].trimmed), heading: heading, paragraph: paragraph))
            if let label = Self.label.firstMatch(in: sentence.prefix(Self.longestLabel)), heading == self.heading {
                heading = [heading, String(label.text(1))].filter { !$0.isEmpty }.joined(separator: ", ")
            }
        }
        open = []
        paragraph += 1
    }

    /// A table's rows, with the names of its columns where its first row says them.
    private mutating func closeTable() {
        guard !rows.isEmpty else { return }
        let columns = TableRow.columns(of: rows)
        for row in rows.dropFirst(columns.isEmpty ? 0 : 1) where !TableRow.isRule(row) {
            all.append(Piece(text: String(row), heading: heading, columns: columns, paragraph: paragraph))
            paragraph += 1
        }
        rows = []
    }

    // MARK: Lines

    /// Lines that editors break are about as long as these; shorter ones end where their writer ended them, longer ones
    /// are whole paragraphs.
    private static let brokenAt = 50...100

    /// An editor breaks a line where the next word has no room. Where that is so for most of the lines it broke them all.
    private static func width(of lines: [Substring]) -> Int? {
        guard let longest = lines.map(\.trimmed.count).max(), brokenAt.contains(longest) else { return nil }
        let pairs = zip(lines, lines.dropFirst()).filter { !$0.trimmed.isEmpty && !$1.trimmed.isEmpty && !isItem($1) }
        let broken = pairs.count { !hasRoom($0, for: $1, longest) }
        return 2 * broken > pairs.count ? longest : nil
    }

    private static func hasRoom(_ line: Substring, for next: Substring, _ width: Int) -> Bool {
        line.trimmed.count + 1 + next.trimmed.prefix { !$0.isWhitespace }.count <= width
    }

    /// Whether a line begins something new, and does not go on from the one before.
    private static func begins(_ line: Substring, after previous: Substring, _ width: Int?) -> Bool {
        if isItem(line) { return true }
        guard let width else { return !goesOn(line, from: previous) }
        return hasRoom(previous, for: line, width) && !goesOn(line, from: previous)
    }

    /// Whether a sentence that has not ended goes on in a small letter.
    private static func goesOn(_ line: Substring, from previous: Substring) -> Bool {
        let last = previous.trimmed.last ?? "."
        return line.trimmed.first?.isLowercase == true && !".!?:;".contains(last)
            && previous.trimmed.count >= brokenAt.lowerBound
    }

    /// Whether a line begins with the mark of an item, of a quotation or with a number.
    private static func isItem(_ line: Substring) -> Bool {
        let line = line.trimmed
        if line.hasPrefix(">") { return true }
        if let first = line.first, "-*+•–".contains(first), line.dropFirst().first == " " { return true }
        return numbered.isFound(in: line)
    }

    private static let numbered = TextPattern(#"^\d{1,3}[.)] "#)
    /// Characters in which a label ends.
    private static let longestLabel = 40
    /// "Ada:", "- Our car:"
    private static let label = TextPattern(#"^[-*+•–\s]*(\p{L}[^\s:.,!?]*(?:\s[^\s:.,!?]+){0,2}):\s"#)
    private static let number = TextPattern(#"^\d{1,3}\.$"#)

    /// A document's first passage without the lines between `---` or `+++` that say what it is, which answer nothing. They
    /// may be all of it.
    private static func withoutFrontMatter(_ passage: Passage) -> Substring {
        let text = passage.text[...]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard passage.type == "markdown", let mark = lines.first?.trimmed, mark == "---" || mark == "+++" else {
            return text
        }
        guard let end = lines.dropFirst().first(where: { $0.trimmed == mark }) else { return "" }
        return text[end.endIndex...]
    }
}

/// A row of a table as text: cells between `|`.
enum TableRow {
    static func isOne(_ line: Substring) -> Bool { line.hasPrefix("|") || line.contains(" | ") }

    static func cells(of row: some StringProtocol) -> [String] {
        var row = Substring(row).trimmed
        guard isOne(row) else { return [] }
        if row.hasPrefix("|") { row = row.dropFirst() }
        if row.hasSuffix("|") { row = row.dropLast() }
        return row.split(separator: "|", omittingEmptySubsequences: false).map { String($0.trimmed) }
    }

    /// Whether it is the line of Markdown between a table's first row and the others: `|---|---|`.
    static func isRule(_ row: Substring) -> Bool {
        row.contains("-") && row.allSatisfy { "|-: ".contains($0) }
    }

    /// The names of the columns, where the first row is not a row like the others: Markdown says so with a rule; elsewhere
    /// it is the only row without a figure.
    static func columns(of rows: [Substring]) -> [String] {
        guard rows.count > 1, let first = rows.first else { return [] }
        let rest = rows.dropFirst()
        if isRule(rows[1]) { return rows.count > 2 ? cells(of: first) : [] }
        func hasFigure(_ row: Substring) -> Bool { row.contains(where: \.isNumber) }
        return !hasFigure(first) && rest.allSatisfy(hasFigure) ? cells(of: first) : []
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
