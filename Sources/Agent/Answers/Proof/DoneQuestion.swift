import Languages
import Understanding

/// A question whether Squire did something: "did you order it?", "was it sent?".
struct DoneQuestion: Sendable {
    /// Nil where it asks for any: "did you do it?".
    let verb: String?
    /// Whether Squire is asked, and not just after the thing: then no plugin knows better.
    let asksSquire: Bool

    private static let mostWords = 14

    /// Nil for another question.
    init?(_ question: String, in language: QuestionLanguage) {
        let words = language.words.doings
        let tokens = DoneClaims.tokens(String(question.prefix(200)))
        guard (2...Self.mostWords).contains(tokens.count),
            let start = tokens.prefix(2).firstIndex(where: words.asking.contains), start + 1 < tokens.count
        else { return nil }
        // "And was it sent?", but not "the order was sent".
        guard start == 0 || language.words.followUps.openings.contains(tokens[0]) else { return nil }
        let subject = tokens[start + 1]
        let isSquire = words.asked.contains(subject)
        guard isSquire || words.referring.contains(subject) else { return nil }
        let rest = tokens[(start + 2)...].drop { words.beside.contains($0) || words.finishing.contains($0) }
        guard let said = rest.first else { return nil }
        asksSquire = isSquire
        if words.do.contains(said) {
            let object = rest.dropFirst().first
            guard !isSquire || object.map(words.referring.contains) ?? true else { return nil }
            verb = nil
        } else if let verb = words.participles.first(where: { $0.value == said })?.key {
            self.verb = verb
        } else if isSquire, words.participles[said] != nil {
            verb = said
        } else {
            return nil
        }
    }
}
