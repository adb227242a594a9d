/// What becomes of a word with a certain ending: `ies` → `y`.
package struct EndingRule: Codable, Sendable, Hashable {
    package var ending: String
    package var replacement: String
    /// Letters that a word has at least for the rule to apply to it.
    package var least: Int
    /// Endings of words that it does not apply to.
    package var exceptions: [String]

    /// - Returns: nil where the rule does not apply to the word.
    package func applied(to word: String) -> String? {
        guard word.count >= least, word.hasSuffix(ending), !exceptions.contains(where: word.hasSuffix) else {
            return nil
        }
        return word.dropLast(ending.count) + replacement
    }
}
