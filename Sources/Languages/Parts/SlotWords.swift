/// Words that say which value fills which parameter.
package struct SlotWords: Codable, Sendable, Hashable {
    package var flags: Flags
    /// What stands between a parameter's name and its value: "radius of 5".
    package var naming: Set<String>
    /// What may stand between a parameter's name and the value that it says what it is: "the username will be".
    package var linking: Set<String>
    /// Parameters for two numbers that bound something: `interval`; and what stands between the two.
    package var intervals: Set<String>
    package var intervalLinks: [String]
    package var coefficients: [String]
    /// Parameters that a word such as "third" is for: `rank`.
    package var orders: Set<String>
    /// Descriptions of how often a year something is.
    package var often: [String]
    package var hours: Set<String>
    /// Names of parameters for a place on the Earth.
    package var latitudes: Set<String>
    package var longitudes: Set<String>
    /// What a name or a description has that asks for a country by its code.
    package var countryCodes: [String]
    /// Names of parameters for a country.
    package var countries: Set<String>
    /// Names of parameters for the code of something, and for a name in lower case with hyphens.
    package var codes: Set<String>
    package var slugs: Set<String>
    /// Names of parameters for identifiers that always have digits: `isbn`.
    package var numbered: Set<String>
    /// Names of parameters for how many results are wanted: `limit`, `per page`.
    package var sizes: Set<String>
    /// What stands by such a number: `first`, `latest`; and how words of this kind end.
    package var ranking: Set<String>
    package var rankingEndings: [String]
    package var minutes: Set<String>
    package var days: Set<String>
    package var months: Set<String>
    /// Descriptions that ask for hundredths, and for parts of one.
    package var percent: [String]
    package var parts: [String]
    /// What is measured by the names of parameters, by the dimensions of `units.json`.
    package var dimensions: [String: Set<String>]
    /// What stands before a place, and before somebody who made something.
    package var placing: Set<String>
    package var making: Set<String>
    package var by: Set<String>
    /// Descriptions that ask for a place with the state it is in.
    package var states: [String]
    package var dateForms: DateForms

    package struct Flags: Codable, Sendable, Hashable {
        /// Words of a switch's name that say nothing of what it switches.
        package var idle: Set<String>
        /// Words of a question that deny.
        package var denying: Set<String>
        /// Words of a switch's name by which it is on where something is not wanted.
        package var denyingNames: Set<String>
    }

    /// How descriptions say the form of a date: by letters, or by words.
    package struct DateForms: Codable, Sendable, Hashable {
        package var yearLetters: [String]
        package var monthLetters: [String]
        package var dayLetters: [String]
        package var year: [String]
        package var month: [String]
        package var day: [String]
    }
}
