extension TextPattern {
    /// A pattern with words of a language's file in it, which is a part of the program as the pattern is.
    package init(words pattern: String) {
        var parser = PatternParser(pattern)
        program = PatternProgram(parser.parse(), groups: parser.groups)
    }

    /// A group that takes one of some words as they stand, the longest that fits; nothing where there are none.
    package static func any(of words: some Sequence<String>) -> String {
        either(Set(words).sorted { ($1.count, $0) < ($0.count, $1) }.map(literal))
    }

    /// A group that takes what one of some patterns does, the first that fits; nothing where there are none.
    package static func either(_ patterns: [String]) -> String {
        patterns.isEmpty ? "(?:(?!))" : "(?:" + patterns.joined(separator: "|") + ")"
    }

    /// A text as a pattern that takes it and nothing else.
    package static func literal(_ text: String) -> String {
        text.map { $0.isLetter || $0.isNumber || $0.isWhitespace || !$0.isASCII ? String($0) : "\\\($0)" }.joined()
    }
}
