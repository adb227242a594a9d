/// What enumerates, and what parts clauses.
package struct JoiningWords: Codable, Sendable, Hashable {
    package var and: [String]
    package var or: [String]
    /// What may stand beside these in an enumeration: `as well as`, `and then the`.
    package var beside: [String]
    /// What begins another clause.
    package var clauses: Set<String>
    /// What says that two enumerations belong together one by one: `respectively`.
    package var paired: Set<String>
}
