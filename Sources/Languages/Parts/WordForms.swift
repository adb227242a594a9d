/// How words change, as far as libstemmer does not know it.
package struct WordForms: Codable, Sendable, Hashable {
    /// Endings of possessives: `'s`.
    package var possessives: [String]
    package var plurals: Plurals
    /// What makes a singular of a plural; the first rule that applies to a word.
    package var singulars: [EndingRule]
    /// Singulars that no rule makes.
    package var irregular: [String: String]
    /// What makes one spelling of two: `metre` and `meter`.
    package var spellings: [EndingRule]
    package var participles: Participles
    /// What names that are written as one word begin with: `min` of `minmagnitude`.
    package var compoundOpenings: [String]
    /// What they end with: `time` of `starttime`.
    package var compoundEndings: [String]

    package struct Plurals: Codable, Sendable, Hashable {
        package var endings: [String]
        /// Endings of words that are no plurals: `ss`.
        package var exceptions: [String]
    }

    /// Verbs that bind as a preposition does: "lawyers specializing in".
    package struct Participles: Codable, Sendable, Hashable {
        package var endings: [String]
        /// What such a verb stands before.
        package var before: Set<String>
    }
}
