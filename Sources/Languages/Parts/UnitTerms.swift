/// What units are called, and how they are told from other words.
package struct UnitTerms: Codable, Sendable, Hashable {
    /// By the names of `units.json`. A unit that is missing is read by its symbols alone.
    package var names: [String: Names]
    /// Spellings that are read as others, anywhere in a name: `metre` as `meter`.
    package var spellings: [String: String]
    /// Words that stand behind a number and are no symbol there: `in`, `a`.
    package var notSymbols: Set<String>
    /// Words that are symbols where they are glued to a number: `in` of "5in".
    package var glued: [String: String]
    /// Words that are symbols only behind a number.
    package var everyday: Set<String>
    /// What stands before a symbol that is meant as one: `to` of "to kg".
    package var beforeSymbols: Set<String>
    /// What stands before the unit that is asked for: `in` of "in miles".
    package var introductions: Set<String>
    /// Words of a description that say that the unit of a result is meant.
    package var ofResults: [String]

    package struct Names: Codable, Sendable, Hashable {
        package var name: String
        package var plural: String
        /// What questions are read by: all names and their plurals, in lower case.
        package var read: [String]
        /// Other names, which count where a unit is sure to be meant.
        package var more: [String]
    }
}
