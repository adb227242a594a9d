/// Words that tell sentences and what they are of.
package struct SentenceWords: Codable, Sendable, Hashable {
    /// Words that end with a full stop within a sentence, without it.
    package var abbreviations: Set<String>
    /// Pronouns that a sentence begins with which speaks of what the one before does.
    package var pronouns: [String]
    /// What people say of themselves begins with, or has in it.
    package var ofOneself: [String]
}
