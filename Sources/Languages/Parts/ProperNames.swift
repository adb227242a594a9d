/// What names of people, places and organisations are made of.
package struct ProperNames: Codable, Sendable, Hashable {
    /// What stands in small letters within a name: "Bank of England", "Ludwig van Beethoven".
    package var particles: Set<String>
    /// Particles behind which a name of its own begins: `of`.
    package var of: Set<String>
    package var articles: Set<String>
    /// What ends a name with a full stop of its own: `Inc`.
    package var abbreviations: Set<String>
    /// What a person calls himself, with a capital or not.
    package var oneself: Set<String>
    /// Countries by names that ICU does not know: `"uk": "GB"`.
    package var regions: [String: String]
    /// What the name of a street ends with, in an address.
    package var streets: [String]
}
