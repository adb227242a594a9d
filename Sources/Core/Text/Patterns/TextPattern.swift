/// A regular expression of Squire's own, for looking through text that somebody else wrote.
///
/// A search costs at most the length of the text times that of the pattern, whatever the text is: what was tried at a place
/// and failed is not tried there again (a backtracking search with a memory, as RE2's "bit state"). Swift's `Regex` has no
/// such bound, and one line of a hostile text can occupy it for minutes; nothing in Squire hands it text.
///
/// Of several ways to match, the first wins, as in Perl: `|` prefers its left side, and a repetition takes as much as it can
/// (`*?`, `+?` and `??` as little). A pattern is part of the program and never of its input: it is a `StaticString`, or
/// built of the words of a language's file (`init(words:)`), and a mistake in one ends the program when it is first used.
///
/// Supported: literals; `.`; classes with ranges and `^`; `\d \D \s \S \w \W \b \n \t`; `\p{L}`, `\p{Lu}` and `\p{N}`; groups,
/// `(?:…)`, `(?i)` and `(?i:…)`; `*`, `+`, `?`, `{n}`, `{n,}` and `{n,m}`; `^` and `$` for the ends of the text; `(?=…)` and
/// `(?!…)` with a body of bounded length. Characters are user-perceived ones (graphemes).
package struct TextPattern: Sendable {
    /// Characters of a text that are looked at: what is longer is no question and no description.
    package static let mostCharacters = 65_536

    let program: PatternProgram

    package init(_ pattern: StaticString) {
        var parser = PatternParser("\(pattern)")
        program = PatternProgram(parser.parse(), groups: parser.groups)
    }

    /// What a pattern took of a text.
    package struct Match: Sendable {
        /// Where it stands in the text.
        package let range: Range<String.Index>
        private let base: Substring
        private let groups: [Range<String.Index>?]

        init(base: Substring, groups: [Range<String.Index>?]) {
            self.base = base
            self.groups = groups
            range = groups[0] ?? base.startIndex..<base.startIndex
        }

        /// All of it.
        package var text: Substring { base[range] }

        /// A group, counted from 1; nil where the group took no part.
        package subscript(_ group: Int) -> Substring? { groups[group].map { base[$0] } }

        /// A group, counted from 1; empty where the group took no part.
        package func text(_ group: Int) -> Substring { self[group] ?? "" }
    }

    // MARK: Finding

    package func firstMatch(in text: some StringProtocol) -> Match? {
        var search = PatternSearch(program, PatternText(text))
        return search.next()
    }

    package func isFound(in text: some StringProtocol) -> Bool { firstMatch(in: text) != nil }

    /// All matches, none over another.
    package func matches(in text: some StringProtocol) -> [Match] {
        var search = PatternSearch(program, PatternText(text))
        var matches: [Match] = []
        while let match = search.next() { matches.append(match) }
        return matches
    }

    // MARK: Rewriting

    /// The text with something in place of each match.
    package func replacing(in text: some StringProtocol, with replacement: (Match) -> String) -> String {
        let matches = matches(in: text)
        guard !matches.isEmpty else { return String(text) }
        var result = ""
        var start = text.startIndex
        for match in matches {
            result += text[start..<match.range.lowerBound]
            result += replacement(match)
            start = match.range.upperBound
        }
        return result + text[start...]
    }

    package func replacing(in text: some StringProtocol, with replacement: String) -> String {
        replacing(in: text) { _ in replacement }
    }

    /// What stands between matches, without the empty pieces.
    package func pieces(of text: some StringProtocol) -> [String] {
        var pieces: [String] = []
        var start = text.startIndex
        for match in matches(in: text) {
            if start < match.range.lowerBound { pieces.append(String(text[start..<match.range.lowerBound])) }
            start = match.range.upperBound
        }
        if start < text.endIndex { pieces.append(String(text[start...])) }
        return pieces
    }
}
