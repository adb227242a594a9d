/// Which of a pair is meant: from and to, first and last, least and most.
package struct SideWords: Codable, Sendable, Hashable {
    /// In the names of parameters.
    package var names: Pair
    /// In the beginnings of their descriptions.
    package var descriptions: Pair
    /// Before a value in a question.
    package var questions: Pair
    /// Words of the second side that say so only at the end of a name or just before a value: `to`.
    package var towards: Set<String>
    /// What parts a word of a side from the value, which is then another thing's: `when`.
    package var parting: Set<String>
    /// What compares, and which words before it say that there is a most: "less than".
    package var than: Set<String>
    package var less: Set<String>
    /// What makes the value behind an `and` the second one: `between`.
    package var between: Set<String>

    package struct Pair: Codable, Sendable, Hashable {
        package var first: Set<String>
        package var second: Set<String>
    }
}
