/// Words for numbers beyond those that ICU spells, which are all below a hundred.
package struct NumberTerms: Codable, Sendable, Hashable {
    /// Words for numbers that are more often something else and count only where a number is likely: `one`.
    package var seldom: Set<String>
    /// Those of them that count for little even there.
    package var unsure: Set<String>
    /// Other words for numbers, and fractions: `dozen`, `half`.
    package var values: [String: Double]
    /// Words that count only where a number is likely: `twice`.
    package var likely: [String: Double]
    /// What multiplies the number before it, as a word or glued to it: `million`, `k`.
    package var scales: [String: Double]
    package var ordinals: [String: Double]
    /// How often a year something is: `monthly`.
    package var frequencies: [String: Double]
    /// What makes a unit of time one of it: "next week".
    package var spans: Set<String>
    /// What says that nothing moves, and what stands before it: "from rest".
    package var rest: Rest
    /// What multiplies the number before it by π.
    package var pi: Set<String>
    /// What stands between the numbers of a calculation: `plus`, `divided by`.
    package var operators: [String]
    /// What stands between the numbers of a share, behind the first: `% of`.
    package var shares: [String]
    /// What looks back or below: `ago`, `minus`.
    package var backward: Set<String>

    package struct Rest: Codable, Sendable, Hashable {
        package var words: Set<String>
        package var after: Set<String>
    }
}
