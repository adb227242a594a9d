package import Core
import Languages

/// What tells of whom a sentence speaks.
package struct SentencePatterns: Sendable {
    let abbreviations: Set<String>
    /// A sentence that speaks of what the one before does.
    package let pronoun: TextPattern
    /// A sentence in which somebody speaks of himself.
    package let ofOneself: TextPattern

    init(_ words: SentenceWords) {
        abbreviations = words.abbreviations
        pronoun = TextPattern(words: "(?i)^" + TextPattern.any(of: words.pronouns) + #"\b"#)
        ofOneself = TextPattern(words: #"(?i)\b"# + TextPattern.any(of: words.ofOneself) + #"\b"#)
    }
}
