/// Words for times of day.
package struct TimeTerms: Codable, Sendable, Hashable {
    /// What stands behind an hour before noon, without full stops: `am`.
    package var forenoon: [String]
    /// What stands behind an hour after noon: `pm`.
    package var afternoon: [String]
    /// What stands behind a full hour: `o'clock`.
    package var clock: [String]
    /// Times with a name, with their hours: `noon`.
    package var named: [String: Int]
}
