/// What descriptions of parameters say by a few set words. The descriptions are those of APIs' documents.
package struct DescriptionTerms: Codable, Sendable, Hashable {
    /// What begins examples: `such as`.
    package var examples: [String]
    /// What ends a list that goes on: `etc`.
    package var andSoOn: [String]
    /// What says that all values are named: `one of`.
    package var closed: [String]
    /// What introduces an enumeration of values beside examples, and what may follow it: `options`, `are`.
    package var enumerating: [String]
    package var options: [String]
    package var optionVerbs: [String]
    /// What says what a value stands for: "'c' for Celsius", "'c' means …".
    package var aliases: [String]
    package var articles: [String]
    package var optional: [String]
    /// What says what stands in where nothing is given: `default`, `value`, `is`, `set`, `to`.
    package var defaults: [String]
    package var defaultValue: [String]
    package var defaultIs: [String]
    package var defaultSet: [String]
    package var defaultTo: [String]
    /// What a unit stands behind: `in`, `measured in`; and what is no unit behind: `of`.
    package var `in`: [String]
    package var measured: [String]
    package var of: [String]
    /// What is counted stands behind it: `number of`.
    package var numberOf: [String]
    /// What a count's name begins with: `num`.
    package var numberNames: Set<String>
}
