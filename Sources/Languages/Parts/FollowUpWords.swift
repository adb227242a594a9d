/// What makes a question go on from the one before.
package struct FollowUpWords: Codable, Sendable, Hashable {
    /// What half a question begins with: `what about`.
    package var openings: [String]
    /// What a place stands behind that is asked about alone: "In Paris?"
    package var placing: [String]
    /// What stands for a place that was named before, and what may follow it.
    package var there: [String]
    package var afterThere: [String]
    /// The place in full: `in {place}`.
    package var placed: Phrase
}
