/// An answer's Markdown as a terminal shows it, while it comes: headings and emphasis in the terminal's styles, lists with
/// their lines indented, code and tables as they are, words whole at the terminal's edge.
///
/// Nothing is lost: what is not understood is shown as it was written.
struct TerminalText {
    private let style: Style
    private var wrap: WordWrap
    /// What has come of the current line and is not yet shown.
    private var pending = ""
    /// What the current line is; nil while its beginning does not tell.
    private var start: MarkdownLineStart?
    /// The marks of the code that is being shown.
    private var fence: String?

    /// Code stands apart also where there are no colours.
    private static let codeIndent = "    "

    init(width: Int, style: Style) {
        self.style = style
        wrap = WordWrap(width: width)
    }

    /// A whole text, its last line ended.
    static func rendered(_ text: String, width: Int, style: Style) -> String {
        var terminal = TerminalText(width: width, style: style)
        return terminal.add(text) + terminal.finish()
    }

    /// Takes more of the answer.
    ///
    /// - Returns: what can be shown by now.
    mutating func add(_ text: String) -> String {
        var output = ""
        pending += text
        while let end = pending.firstIndex(of: "\n") {
            let line = pending[..<end]
            pending.removeSubrange(...end)
            endLine(line, &output)
        }
        show(isWhole: false, &output)
        return output
    }

    /// Shows what is left, and ends its line where there is one.
    mutating func finish() -> String {
        var output = ""
        if !pending.isEmpty || start != nil || !wrap.isAtLineStart {
            let line = pending[...]
            pending = ""
            endLine(line, &output)
        }
        fence = nil
        return output
    }

    private mutating func endLine(_ line: Substring, _ output: inout String) {
        if fence == nil {
            let rest = pending
            pending = String(line)
            show(isWhole: true, &output)
            pending = rest
            if case .fence(let marks)? = start {
                fence = marks
            } else {
                endStyle()
                wrap.endLine(&output)
            }
        } else {
            showCode(line, &output)
        }
        start = nil
        wrap.hangingIndent = ""
    }

    private mutating func showCode(_ line: Substring, _ output: inout String) {
        if case .fence(let marks)? = MarkdownLineStart.read(line, isWhole: true), let open = fence,
            marks.hasPrefix(open), line.allSatisfy({ open.contains($0) || $0 == " " })
        {
            fence = nil
            return
        }
        output += line.isEmpty ? "\n" : Self.codeIndent + style.code(String(line)) + "\n"
    }

    /// Shows of the current line what is decided.
    private mutating func show(isWhole: Bool, _ output: inout String) {
        guard fence == nil else { return }
        if start == nil {
            guard !(pending.isEmpty && !isWhole), let read = MarkdownLineStart.read(pending[...], isWhole: isWhole)
            else {
                return
            }
            begin(read, &output)
        }
        if start == .table || start == .rule {
            guard isWhole else { return }
            wrap.flush(to: &output)
            // Not wrapped: a table's columns would no longer stand below each other.
            output += start == .rule ? style.quiet(String(repeating: "─", count: min(wrap.width, 40))) : pending
            pending = ""
            return
        }
        if case .fence = start {
            pending = ""
            return
        }
        let (pieces, rest) = InlineMarkdown.pieces(of: pending[...], isWhole: isWhole)
        for piece in pieces { show(piece, &output) }
        pending = String(rest)
        if isWhole { wrap.flush(to: &output) }
    }

    /// Writes what stands in place of a line's marks.
    private mutating func begin(_ read: MarkdownLineStart, _ output: inout String) {
        start = read
        switch read {
        case .heading(let length):
            pending.removeFirst(length)
            if style.isOn { wrap.mark(Style.strongOn) }
        case .item(let sign, let length):
            pending.removeFirst(length)
            wrap.add(sign, to: &output)
            wrap.hangingIndent = String(repeating: " ", count: Columns.width(of: sign))
        case .quote(let length):
            pending.removeFirst(length)
            wrap.add("│ ", to: &output)
            wrap.hangingIndent = "│ "
        case .paragraph:
            wrap.hangingIndent = String(pending.prefix { $0 == " " })
        case .fence, .rule, .table: break
        }
    }

    private mutating func show(_ piece: InlineMarkdown.Piece, _ output: inout String) {
        // Where there are no styles the marks say what they said.
        guard style.isOn, piece.kind != .plain else {
            wrap.add(piece.kind == .plain ? piece.text : piece.source, to: &output)
            return
        }
        let code =
            switch piece.kind {
            case .strong: Style.strongOn
            case .emphasis: Style.emphasisOn
            case .code: Style.codeOn
            case .plain: ""
            }
        wrap.mark(code)
        wrap.add(piece.text, to: &output)
        wrap.mark(Style.off)
        if case .heading? = start { wrap.mark(Style.strongOn) }
    }

    private mutating func endStyle() {
        if case .heading? = start, style.isOn { wrap.mark(Style.off) }
    }
}
