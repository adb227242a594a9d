/// Prepositions by what is read from them.
package struct Prepositions: Codable, Sendable, Hashable {
    /// What introduces a phrase, so that two phrases behind the same one are alike: "of water and of ethanol".
    package var introducing: Set<String>
    /// What binds two phrases to one: "points per game".
    package var binding: Set<String>
    /// What stands between a number's unit and another: "grams per mole".
    package var per: Set<String>
}
