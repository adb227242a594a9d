import Core

/// What one line of Markdown begins or is.
enum MarkdownLine: Equatable {
    case blank
    case text
    case rule
    case heading(Int)
    case fence(Fence)
    case indented
    /// At this indentation.
    case item(indent: Int)
    case comment

    struct Fence: Equatable {
        var mark: UInt8
        var count: Int
    }

    init(_ line: ArraySlice<UInt8>) {
        let indent = Self.indent(line)
        let rest = line.trimmed
        guard let first = rest.first else {
            self = .blank
            return
        }
        if let fence = Self.fence(rest, first) {
            self = .fence(fence)
        } else if Self.isRule(rest, first) {
            self = .rule
        } else if let level = Self.headingLevel(rest), indent < 4 {
            self = .heading(level)
        } else if Self.isItem(rest, first) {
            self = .item(indent: indent)
        } else if indent >= 4 {
            self = .indented
        } else if rest.starts(with: "<!--") {
            self = .comment
        } else {
            self = .text
        }
    }

    /// In columns; a tab goes to the next multiple of four.
    static func indent(_ line: ArraySlice<UInt8>) -> Int {
        var columns = 0
        for byte in line {
            switch byte {
            case .space: columns += 1
            case .tab: columns += 4 - columns % 4
            default: return columns
            }
        }
        return columns
    }

    static func closes(_ line: ArraySlice<UInt8>, _ fence: Fence) -> Bool {
        let rest = line.trimmed
        return rest.count >= fence.count && rest.allSatisfy { $0 == fence.mark }
    }

    /// The level of the heading whose text stands over this line.
    static func underline(_ line: ArraySlice<UInt8>) -> Int? {
        guard indent(line) < 4 else { return nil }
        let rest = line.trimmed
        guard let mark = rest.first, mark == UInt8(ascii: "=") || mark == .hyphen, rest.allSatisfy({ $0 == mark })
        else { return nil }
        return mark == .hyphen ? 2 : 1
    }

    /// A heading's words, without what marks them.
    static func plainText(_ text: ArraySlice<UInt8>) -> String {
        // No heading is longer, and a passage shows less of it.
        var rest = text.prefix(1000).trimmed.drop { $0 == UInt8(ascii: "#") }.trimmed
        let closed = rest.prefix(rest.count - rest.reversed().prefix { $0 == UInt8(ascii: "#") }.count)
        // `C#` ends in what is no mark.
        if closed.last?.isSpace ?? true { rest = closed.trimmed }
        guard rest.contains(where: { "[*`{".utf8.contains($0) }) else { return rest.text.asHeading }
        let words = link.replacing(in: rest.text) { String($0.text(1)) }
        return marks.replacing(in: words, with: "").asHeading
    }

    private static let link = TextPattern(#"!?\[([^\]\[]*)\]\([^)]*\)"#)
    private static let marks = TextPattern(#"[*`]+|\s*\{#[^}]*\}$"#)

    private static func fence(_ rest: ArraySlice<UInt8>, _ first: UInt8) -> Fence? {
        guard first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else { return nil }
        let count = rest.prefix { $0 == first }.count
        guard count >= 3, first != UInt8(ascii: "`") || !rest.dropFirst(count).contains(first) else { return nil }
        return Fence(mark: first, count: count)
    }

    private static func isRule(_ rest: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        guard first == .hyphen || first == UInt8(ascii: "*") || first == UInt8(ascii: "_") else { return false }
        return rest.allSatisfy { $0 == first || $0.isSpace } && rest.count { $0 == first } >= 3
    }

    private static func headingLevel(_ rest: ArraySlice<UInt8>) -> Int? {
        let level = rest.prefix { $0 == UInt8(ascii: "#") }.count
        guard (1...6).contains(level) else { return nil }
        return rest.dropFirst(level).first.map(\.isSpace) ?? true ? level : nil
    }

    private static func isItem(_ rest: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        if first == .hyphen || first == UInt8(ascii: "*") || first == UInt8(ascii: "+") {
            return rest.dropFirst().first.map(\.isSpace) ?? false
        }
        let digits = rest.prefix(while: \.isDigit)
        guard (1...9).contains(digits.count) else { return false }
        let after = rest.dropFirst(digits.count)
        return (after.first == UInt8(ascii: ".") || after.first == UInt8(ascii: ")"))
            && after.dropFirst().first.map(\.isSpace) ?? false
    }
}
