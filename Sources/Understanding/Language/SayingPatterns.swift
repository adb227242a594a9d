package import Core
import Languages

/// Finds words that are to be said, written or translated, and addresses.
package struct SayingPatterns: Sendable {
    /// The first group is what is said.
    package let sayings: [TextPattern]
    package let address: TextPattern

    init(_ words: Sayings, streets: [String]) {
        func any(_ list: [String]) -> String { TextPattern.any(of: list) }
        let with = words.with.isEmpty ? [] : [any(words.with) + " " + any(words.objects)]
        let introductions = TextPattern.either([any(words.introductions)] + with)
        sayings = [
            TextPattern(words: #"(?i)\b"# + introductions + "(?: " + any(words.that) + #")?:?\s+([^.?!]+)"#),
            TextPattern(
                words: "(?i)(?:^(?:" + any(words.requests) + " )?" + any(words.verbs) + #"|\b"# + any(words.say)
                    + #")\s+(.+?)\s+"# + any(words.into) + #"\s+(?:[A-Z]|\w+ "# + any(words.codes) + ")"),
            TextPattern(words: #"(?i)\b"# + any(words.labels) + #"\s*:\s*(.+)$"#),
        ]
        address = TextPattern(words: #"(?i)\b\d+\s+(?:[\p{L}.]+\s+){1,3}"# + any(streets) + #"\b"#)
    }
}
