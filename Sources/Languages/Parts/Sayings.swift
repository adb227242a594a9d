/// What introduces words that are to be said, written or translated.
package struct Sayings: Codable, Sendable, Hashable {
    /// "saying …"
    package var introductions: [String]
    /// "with the message …": what stands before, and what is written.
    package var with: [String]
    package var objects: [String]
    package var that: [String]
    /// "please translate … to French": what may stand before the verb, the verbs, and what ends the words.
    package var requests: [String]
    package var verbs: [String]
    package var say: [String]
    package var into: [String]
    package var codes: [String]
    /// "sentence: …"
    package var labels: [String]
}
