/// The lines of code, and what each is to those around it.
struct CodeLines {
    struct Line {
        /// In columns.
        var indent: Int
        var isBlank = false
        /// Nothing but a comment, or an attribute: it belongs to what follows.
        var isLead = false
        /// Begins within a string or a comment, so that its indentation says nothing.
        var isInside = false
        /// `#include`, `#if`: at the margin wherever it stands.
        var isDirective = false
        /// Closes or carries on what stands over it at the same indentation.
        var isContinuation = false
        /// `public:`
        var isLabel = false
    }

    let source: SourceLines
    let language: CodeLanguage
    private(set) var lines: [Line] = []

    init(_ text: [UInt8], _ language: CodeLanguage) {
        source = SourceLines(text)
        self.language = language
        lines.reserveCapacity(source.count)
        var scanner = LongTokenScanner(language)
        for number in 0..<source.count {
            let bytes = text[source[number]]
            let (isInside, isComment) = (scanner.isInside, scanner.isInComment)
            scanner.scan(bytes)
            lines.append(line(bytes, isInside: isInside, isInComment: isComment))
        }
    }

    var count: Int { lines.count }

    subscript(number: Int) -> Line { lines[number] }

    private func line(_ bytes: ArraySlice<UInt8>, isInside: Bool, isInComment: Bool) -> Line {
        let rest = bytes.trimmed
        var line = Line(indent: MarkdownLine.indent(bytes))
        line.isInside = isInside
        line.isBlank = rest.isEmpty
        guard let first = rest.first else { return line }
        if isInside {
            line.isLead = isInComment
            return line
        }
        line.isLead = isComment(rest, first) || isAttribute(rest, first)
        line.isDirective = language.family == .typed && first == UInt8(ascii: "#")
        line.isLabel = language.family == .typed && isLabel(rest)
        line.isContinuation = isContinuation(rest, first)
        return line
    }

    private func isComment(_ rest: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        switch language.comments {
        case .slashes: rest.starts(with: "//") || rest.starts(with: "/*")
        // A directive of C is none, and `#[…]` of Rust is an attribute anyway.
        case .hash: first == UInt8(ascii: "#")
        case .dashes: rest.starts(with: "--")
        case .semicolon: first == UInt8(ascii: ";")
        case .percent: first == UInt8(ascii: "%")
        case .sql: rest.starts(with: "--") || rest.starts(with: "/*")
        case .none: false
        }
    }

    /// On a line of its own.
    private func isAttribute(_ rest: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        switch first {
        case UInt8(ascii: "@"): language.family != .plain && !rest.contains(.space) || rest.last == UInt8(ascii: ")")
        case UInt8(ascii: "#"): rest.starts(with: "#[") || rest.starts(with: "#![")
        // C#'s.
        case UInt8(ascii: "["): language.family == .typed && rest.last == UInt8(ascii: "]")
        default: rest.starts(with: "template") && rest.last == UInt8(ascii: ">")
        }
    }

    private func isLabel(_ rest: ArraySlice<UInt8>) -> Bool {
        guard rest.last == .colon else { return false }
        return ["public", "private", "protected", "signals", "slots", "default", "case"]
            .contains { rest.starts(with: $0.utf8) }
    }

    private func isContinuation(_ rest: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        if "})]{".utf8.contains(first) { return language.family != .plain }
        let word = rest.prefix { $0.isLetter }.text
        return switch language.family {
        case .indentation: ["else", "elif", "except", "finally"].contains(word)
        case .words:
            ["end", "else", "elsif", "elseif", "rescue", "ensure", "when", "in", "until"].contains(word.lowercased())
        case .shell: ["fi", "done", "esac", "else", "elif", "then", "do"].contains(word)
        case .braces, .typed: ["else", "catch", "finally", "where"].contains(word)
        case .sql, .plain: false
        }
    }
}
