/// Reads Markdown by its blocks (CommonMark, with tables and front matter). The text stays as it is written.
struct MarkdownReader {
    private let lines: SourceLines
    private var builder: DocumentBuilder
    private var headings = HeadingPath()
    private var title: String?
    private var line = 0

    /// - Parameter text: UTF-8 whose lines end in a line feed.
    static func read(_ text: [UInt8], limits: ReadLimits) -> ReadDocument {
        var reader = MarkdownReader(text, limits: limits)
        reader.readFrontMatter()
        while reader.line < reader.lines.count, !reader.builder.isFull { reader.readBlock() }
        return reader.builder.document(kind: .markdown, title: reader.title)
    }

    private init(_ text: [UInt8], limits: ReadLimits) {
        lines = SourceLines(text)
        builder = DocumentBuilder(source: text, limits: limits)
    }

    private mutating func readFrontMatter() {
        guard lines.count > 2, let matter = FrontMatter(lines) else { return }
        title = matter.title
        // Tags and summaries in it are looked for.
        mark(matter.lines, form: .code)
        line = matter.lines.upperBound
    }

    private mutating func readBlock() {
        let kind = kind(line)
        switch kind {
        case .blank, .rule: line += 1
        case .heading(let level): readHeading(level, text: line..<line + 1, through: line + 1)
        case .fence(let fence): readFence(fence)
        case .indented: readIndented()
        case .item(let indent): readItem(indent: indent)
        case .comment: readComment()
        case .text: readParagraph()
        }
    }

    private mutating func mark(_ range: Range<Int>, form: ReadDocument.Form = .paragraph) {
        lines.mark(range, in: &builder, headings: headings.texts, form: form)
    }

    /// - Parameters:
    ///   - text: the lines that are the heading.
    ///   - end: the first line after it; a line under it belongs to it.
    private mutating func readHeading(_ level: Int, text: Range<Int>, through end: Int) {
        let heading = MarkdownLine.plainText(lines.bytes[lines.range(text)])
        headings.close(to: level)
        mark(text.lowerBound..<end, form: .heading)
        if !heading.isEmpty {
            headings.enter(heading, level: level)
            if title == nil, level == 1 { title = heading }
        }
        line = end
    }

    private mutating func readFence(_ fence: MarkdownLine.Fence) {
        let first = line
        line += 1
        while line < lines.count {
            defer { line += 1 }
            if MarkdownLine.closes(lines.bytes[lines[line]], fence) { break }
        }
        mark(first..<line, form: .code)
    }

    private mutating func readIndented() {
        let first = line
        var end = line
        while line < lines.count {
            switch kind(line) {
            case .indented: end = line + 1
            case .blank: break
            default:
                mark(first..<end, form: .code)
                return
            }
            line += 1
        }
        mark(first..<end, form: .code)
    }

    /// An item with all that stands further in; fences in it are blocks of their own.
    private mutating func readItem(indent: Int) {
        let first = line
        line += 1
        var end = line
        while line < lines.count {
            let next = kind(line)
            let isInner = MarkdownLine.indent(lines.bytes[lines[line]]) > indent
            if next == .blank {
                line += 1
                continue
            }
            if case .fence = next { break }
            // A line right after the item's belongs to its paragraph, however it is indented.
            let isLazy = end == line && next == .text
            guard isInner || isLazy else { break }
            line += 1
            end = line
        }
        line = end
        mark(first..<end)
    }

    private mutating func readComment() {
        while line < lines.count {
            defer { line += 1 }
            if lines.bytes[lines[line]].offset(of: "-->") != nil { return }
        }
    }

    private mutating func readParagraph() {
        let first = line
        line += 1
        while line < lines.count {
            if let level = MarkdownLine.underline(lines.bytes[lines[line]]) {
                return readHeading(level, text: first..<line, through: line + 1)
            }
            switch kind(line) {
            case .text, .indented: line += 1
            case .blank, .rule, .heading, .fence, .item, .comment:
                mark(first..<line)
                return
            }
        }
        mark(first..<line)
    }

    private func kind(_ line: Int) -> MarkdownLine { MarkdownLine(lines.bytes[lines[line]]) }
}
