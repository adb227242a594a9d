/// Names of currencies beyond those that ICU has.
package struct CurrencyTerms: Codable, Sendable, Hashable {
    /// Codes by ISO 4217 of names and signs that mean one of several currencies.
    package var usual: [String: String]
    /// What stands before the currency that is converted.
    package var from: Set<String>
    /// What stands before the currency that it is converted to.
    package var to: Set<String>
    /// What else stands between the two.
    package var against: Set<String>
    /// Names of parameters for the currency that it is converted to, beside those of the second side.
    package var quoted: Set<String>
}
