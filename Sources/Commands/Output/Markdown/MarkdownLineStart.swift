/// What a line of Markdown is, by how it begins (CommonMark 0.31, chapter 4; tables: GitHub's extension).
enum MarkdownLineStart: Hashable {
    case paragraph
    /// Its marks and the spaces after them take `length` characters.
    case heading(length: Int)
    /// `sign` stands in place of the first `length` characters.
    case item(sign: String, length: Int)
    case quote(length: Int)
    /// A line that opens or closes code, with its marks.
    case fence(String)
    case rule
    /// As it is, whatever is in it.
    case table

    /// Reads the beginning of a line.
    ///
    /// - Parameter isWhole: whether nothing comes after it.
    /// - Returns: nil where what follows decides.
    static func read(_ line: Substring, isWhole: Bool) -> MarkdownLineStart? {
        let indent = line.prefix { $0 == " " }
        let text = line[indent.endIndex...]
        guard let first = text.first else { return isWhole ? .paragraph : nil }
        switch first {
        case "#":
            let marks = text.prefix { $0 == "#" }
            guard marks.endIndex < text.endIndex else { return isWhole ? .paragraph : nil }
            guard marks.count <= 6, indent.count < 4, text[marks.endIndex] == " " else { return .paragraph }
            return .heading(length: indent.count + marks.count + spaces(after: marks, in: text))
        case "`", "~":
            let marks = text.prefix { $0 == first }
            if marks.endIndex == text.endIndex, !isWhole { return nil }
            guard marks.count >= 3 else { return .paragraph }
            return isWhole ? .fence(String(marks)) : nil
        case "|": return .table
        case ">":
            guard text.count > 1 || isWhole else { return nil }
            return .quote(length: indent.count + 1 + spaces(after: text.prefix(1), in: text))
        case "-", "*", "+", "_":
            // `---` is a rule, `- ` an item, `**` the beginning of a word.
            if text.allSatisfy({ $0 == first || $0 == " " }) {
                guard isWhole else { return nil }
                if first != "+", text.filter({ $0 == first }).count >= 3 { return .rule }
            }
            guard first != "_", text.dropFirst().first == " " else { return .paragraph }
            let length = 1 + spaces(after: text.prefix(1), in: text)
            return .item(sign: indent + "• ", length: indent.count + length)
        default:
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, digits.count < 10 else { return .paragraph }
            let after = text[digits.endIndex...]
            guard let point = after.first else { return isWhole ? .paragraph : nil }
            guard point == "." || point == ")" else { return .paragraph }
            guard let space = after.dropFirst().first else { return isWhole ? .paragraph : nil }
            guard space == " " else { return .paragraph }
            let length = digits.count + 1 + spaces(after: text.prefix(digits.count + 1), in: text)
            return .item(sign: "\(indent)\(digits)\(point) ", length: indent.count + length)
        }
    }

    private static func spaces(after marks: Substring, in text: Substring) -> Int {
        text[marks.endIndex...].prefix { $0 == " " }.count
    }
}
