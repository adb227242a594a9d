/// What a parameter is for, by its name and description; one rule that applies is enough.
package struct ThemeWords: Codable, Sendable, Hashable {
    package var year: [ThemeRule]
    package var rate: [ThemeRule]
    package var money: [ThemeRule]
    package var count: [ThemeRule]
    package var date: [ThemeRule]
    package var time: [ThemeRule]
    package var unit: [ThemeRule]
    package var currency: [ThemeRule]
    package var language: [ThemeRule]
    package var message: [ThemeRule]
    package var formula: [ThemeRule]
    package var identifier: [ThemeRule]
    package var organisation: [ThemeRule]
    package var place: [ThemeRule]
    package var person: [ThemeRule]
    package var title: [ThemeRule]
    /// A key or password, which no question says.
    package var credential: [ThemeRule]
    /// What is searched for.
    package var query: [ThemeRule]
}

/// A rule by which a parameter is for something.
package struct ThemeRule: Codable, Sendable, Hashable {
    /// Words of which the name has one.
    package var names: Set<String>
    /// What the description has, in lower case.
    package var descriptions: [String]
    /// What the description begins with, in lower case.
    package var openings: [String]
    /// Words of which the name has none.
    package var unless: Set<String>
}
