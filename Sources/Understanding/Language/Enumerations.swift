import Core
import Languages

/// What stands between things that are enumerated.
package struct Enumerations: Sendable {
    package let and: Set<String>
    /// `and` and `or`.
    package let joining: Set<String>
    /// What begins another clause.
    package let clauses: Set<String>
    private let signs: Set<String>
    private let fillers: Set<String>

    init(_ words: JoiningWords) {
        and = Set(words.and)
        joining = Set(words.and + words.or)
        clauses = words.clauses.union(words.and)
        signs = joining.union(["&"])
        let glued = words.and.flatMap { [",\($0)", "'\($0)"] }
        fillers = signs.union(words.beside).union(glued).union([",", "'", "',"])
    }

    /// Whether a text parts two things of an enumeration: a comma, "and", "or", "as well as".
    package func isListing(_ gap: String) -> Bool {
        let words = gap.lowercased().split(separator: " ").map(String.init)
        guard !words.isEmpty || gap == "," else { return false }
        return words.allSatisfy(fillers.contains) && (gap.contains(",") || words.contains(where: signs.contains))
    }
}
