/// Words for dates beyond the names of months and weekdays, which ICU has.
package struct DateTerms: Codable, Sendable, Hashable {
    /// Whether the month is written before the day where both are numbers: `12/24/2026`.
    package var monthFirst: Bool
    /// What stands between a day and its month: `of`.
    package var dayLinks: [String]
    /// What stands between the first and the last day of a period: `to`.
    package var rangeLinks: [String]
    /// Words that begin as a month does and are none: `mayor`.
    package var notMonths: Set<String>
    /// Days by how many days they are from today: `tomorrow`.
    package var near: [String: Int]
    /// Days that are the same each year.
    package var holidays: [Holiday]
    /// What stands before a weekday: the next one but today, the last one, or the next one.
    package var next: [String]
    package var last: [String]
    package var coming: [String]
    /// What stands before a day that is to come, or is past, so that it says the year: `until`, `since`.
    package var ahead: [String]
    package var behind: [String]
    /// What may stand between these and the day: `the`.
    package var articles: [String]
    /// What is no weekday and serves as one: `weekend`.
    package var weekend: Set<String>

    package struct Holiday: Codable, Sendable, Hashable {
        package var name: String
        package var month: Int
        package var day: Int
    }
}
