/// Words by which what a plugin returned is told: what a question asks for, and what a property is by its name.
package struct ResultWords: Codable, Sendable, Hashable {
    package var asking: Asking
    /// What a question that is answered by yes or no begins with: `is`.
    package var confirming: Set<String>
    /// What gives a choice of two, so that yes and no answer nothing: `or`.
    package var choosing: Set<String>
    /// Words of properties that are persons: `tenant`.
    package var persons: Set<String>
    /// Words of properties that are places: `address`.
    package var places: Set<String>
    /// Words of properties that are dates and times: `due`.
    package var times: Set<String>
    /// Words of properties that are amounts of money: `price`, and of questions that ask for one: `cost`.
    package var amounts: Set<String>
    /// Words of properties that count: `quantity`.
    package var counts: Set<String>
    /// Those of them that are amounts of money where a currency stands beside them: `total`.
    package var totals: Set<String>
    /// Words of properties that say why: `reason`.
    package var reasons: Set<String>
    /// Words of properties that tell one thing from others, for programs: `id`.
    package var identifiers: Set<String>
    /// Properties that say in what the number beside them is measured: `unit`.
    package var units: Set<String>
    /// Properties that say in which currency the number beside them is: `currency`.
    package var currencies: Set<String>

    /// What begins a proposal of what may have been meant: `did you mean`.
    package var suggesting: [String]
    /// The months' names, January first, as they are written in a date.
    package var months: [String]
    /// A date: `{day} {month} {year}`.
    package var date: Phrase

    /// What a question begins to ask with, one word or several: `how many`.
    package struct Asking: Codable, Sendable, Hashable {
        package var person: [String]
        package var place: [String]
        package var time: [String]
        package var count: [String]
        package var amount: [String]
        package var number: [String]
        package var reason: [String]
        /// What asks for a thing of any kind: `what`.
        package var other: [String]
    }
}
