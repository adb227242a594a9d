/// How a question begins, and what makes it one.
package struct QuestionWords: Codable, Sendable, Hashable {
    /// What a question begins with: `what`, `is`.
    package var openings: Set<String>
    /// What asks for help and says nothing of what for: `could` of "could you …".
    package var help: Set<String>
    /// What a further clause that asks begins with, beside the verbs that ask: `how` of "…, and how many …".
    package var clauses: Set<String>
    /// What says that two things are compared, so that a clause is not cut at its `and`: `between`.
    package var comparing: [String]
    /// What asks for a number: `how many`.
    package var counting: Set<String>
}
