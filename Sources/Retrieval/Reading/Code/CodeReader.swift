/// Reads source code without parsing it: well-kept code shows by its indentation what belongs to what. A function or a
/// small type is a block with the comments over it; what is declared in a larger type stands under its name.
struct CodeReader {
    private let lines: CodeLines
    private let language: CodeLanguage
    private let nesting: Int
    private var builder: DocumentBuilder

    /// - Parameter text: UTF-8 whose lines end in a line feed.
    static func read(_ text: [UInt8], language: CodeLanguage, limits: ReadLimits) -> ReadDocument {
        var reader = CodeReader(text, language: language, limits: limits)
        reader.readSection(0..<reader.lines.count, headings: [])
        return reader.builder.document(kind: .code)
    }

    private init(_ text: [UInt8], language: CodeLanguage, limits: ReadLimits) {
        lines = CodeLines(text, language)
        self.language = language
        nesting = min(limits.nesting, 32)
        builder = DocumentBuilder(source: text, limits: limits)
    }

    private mutating func readSection(_ range: Range<Int>, headings: [String]) {
        let base = base(of: range)
        /// Statements without a declaration, and comments that may belong to the next one.
        var plain: Int?
        var lead: Int?
        var line = range.lowerBound
        while line < range.upperBound, !builder.isFull {
            let current = lines[line]
            if current.isBlank || current.indent < base && !current.isInside || current.isLabel {
                mark(plain ?? lead, until: line, headings)
                (plain, lead) = (nil, nil)
                line += 1
                continue
            }
            if current.isLead || current.isInside {
                lead = lead ?? line
                line += 1
                continue
            }
            let end = end(of: line, base: base, limit: range.upperBound)
            let tokens = CodeTokens(lines.source.bytes[lines.source.range(line..<end)])
            if let declaration = Declaration(tokens, in: language) {
                mark(plain, until: lead ?? line, headings)
                readDeclaration(declaration, from: lead ?? line, at: line, until: end, headings)
                (plain, lead) = (nil, nil)
            } else {
                plain = plain ?? lead ?? line
                lead = nil
            }
            line = end
        }
        mark(plain ?? lead, until: range.upperBound, headings)
    }

    private mutating func mark(_ first: Int?, until end: Int, _ headings: [String]) {
        guard let first, first < end else { return }
        lines.source.mark(first..<end, in: &builder, headings: headings, form: .code)
    }

    private mutating func readDeclaration(
        _ declaration: Declaration, from lead: Int, at first: Int, until end: Int, _ headings: [String]
    ) {
        let size = lines.source.range(lead..<end).count
        let inner = headings + [declaration.name]
        let body = bodyStart(first, end)
        if declaration.isContainer, size > Self.containerLimit, body < end, headings.count < nesting {
            lines.source.mark(lead..<body, in: &builder, headings: headings, form: .heading)
            readSection(body..<end, headings: inner)
        } else if size > Self.functionLimit {
            markPieces(lead..<end, headings: headings, inner: inner)
        } else {
            mark(lead, until: end, headings)
        }
    }

    /// A long function, cut where it has empty lines.
    private mutating func markPieces(_ range: Range<Int>, headings: [String], inner: [String]) {
        var first = range.lowerBound
        var lastBlank: Int?
        for line in range {
            if lines[line].isBlank { lastBlank = line }
            guard let cut = lastBlank, cut > first, lines.source.range(first..<line + 1).count > Self.functionLimit
            else { continue }
            // The first piece names the function itself.
            mark(first, until: cut, first == range.lowerBound ? headings : inner)
            first = cut + 1
            lastBlank = nil
        }
        mark(first, until: range.upperBound, first == range.lowerBound ? headings : inner)
    }

    /// The indentation at which a section's declarations stand.
    private func base(of range: Range<Int>) -> Int {
        range.lazy.map { lines[$0] }
            .filter { !$0.isBlank && !$0.isInside && !$0.isDirective && !$0.isContinuation && !$0.isLabel }
            .map(\.indent).min() ?? 0
    }

    /// After the last line of what begins here.
    private func end(of first: Int, base: Int, limit: Int) -> Int {
        var end = first + 1
        var line = end
        while line < limit {
            let current = lines[line]
            if current.isBlank {
                line += 1
                continue
            }
            let isDirective = current.isDirective && !lines[first].isDirective
            let isPart =
                current.isInside || current.indent > base || current.isContinuation
                || isDirective && isWithin(line, base: base, limit: limit) || isUnfinished(line - 1, since: first)
            guard isPart else { break }
            line += 1
            end = line
        }
        return end
    }

    /// Whether a directive at the margin stands within a body.
    private func isWithin(_ line: Int, base: Int, limit: Int) -> Bool {
        var next = line + 1
        // Far enough for the directives that stand together.
        while next < min(limit, line + 50), lines[next].isBlank || lines[next].isDirective { next += 1 }
        guard next < limit else { return false }
        return lines[next].indent > base || lines[next].isContinuation
    }

    /// Whether the line before does not end its statement: C's return type on a line of its own, SQL up to its semicolon.
    private func isUnfinished(_ line: Int, since first: Int) -> Bool {
        var line = line
        if language.family == .sql {
            while line > first, lines[line].isBlank { line -= 1 }
        }
        let text = lines.source.bytes[lines.source[line]].trimmed
        guard line >= first, let last = text.last else { return false }
        switch language.family {
        case .sql: return last != UInt8(ascii: ";")
        case .typed:
            return !lines[line].isDirective && !lines[line].isLead
                && (last.isLetter || last.isDigit || last == UInt8(ascii: "*") || last == UInt8(ascii: ","))
                && !text.contains(UInt8(ascii: "="))
        default: return false
        }
    }

    /// After the lines of a type's beginning: its name, what it rests on, its opening brace.
    private func bodyStart(_ first: Int, _ end: Int) -> Int {
        var line = first
        while line < end {
            let text = lines.source.bytes[lines.source[line]].trimmed
            line += 1
            if text.last == UInt8(ascii: "{") || text.last == .colon { break }
            // Ruby and Go show it by what follows further in.
            if line < end, language.family == .words || text.contains(UInt8(ascii: "{")) { break }
        }
        return line
    }

    /// Bytes; smaller types are one block.
    private static let containerLimit = 1200
    /// Bytes; longer functions are several.
    private static let functionLimit = 4000
}
