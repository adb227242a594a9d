import Core
import Languages

/// What stands between things that are enumerated.
package struct Enumerations: Sendable {
    package let and: Set<String>
    /// `and` and `or`.
    package let joining: Set<String>
    /// What begins another clause.
    package let clauses: Set<String>
    /// As it is written between two texts.
    package let conjunction: String
    private let signs: Set<String>
    private let fillers: Set<String>
    private let between: TextPattern
    private let comparing: TextPattern

    init(_ words: JoiningWords, comparing: [String]) {
        and = Set(words.and)
        joining = Set(words.and + words.or)
        clauses = words.clauses.union(words.and)
        conjunction = words.and.first ?? ","
        signs = joining.union(["&"])
        let glued = words.and.flatMap { [",\($0)", "'\($0)"] }
        fillers = signs.union(words.beside).union(glued).union([",", "'", "',"])
        between = TextPattern(words: #",?\s+"# + TextPattern.any(of: words.and) + #"\s+"#)
        self.comparing = TextPattern(words: #"(?i)\b"# + TextPattern.any(of: comparing) + #"\b"#)
    }

    /// Whether a text parts two things of an enumeration: a comma, "and", "or", "as well as".
    package func isListing(_ gap: String) -> Bool {
        let words = gap.lowercased().split(separator: " ").map(String.init)
        guard !words.isEmpty || gap == "," else { return false }
        return words.allSatisfy(fillers.contains) && (gap.contains(",") || words.contains(where: signs.contains))
    }

    /// The clauses of a sentence. "between March and May" is one thing.
    package func clauses(of sentence: String) -> [String] {
        comparing.isFound(in: sentence) ? [sentence] : between.pieces(of: sentence)
    }
}
