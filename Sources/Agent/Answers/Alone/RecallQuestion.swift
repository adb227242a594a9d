import Languages
import Understanding

/// A question for the person's own messages: "what did I ask first?", "what was my last question?"
struct RecallQuestion: Sendable {
    let isOfFirst: Bool

    private static let mostWords = 12

    /// Nil for another question, and for one that says of what: "what did I say about the boiler?"
    init?(_ question: String, in language: QuestionLanguage) {
        let words = language.words.conversation.recalls
        let tokens = DoneClaims.tokens(String(question.prefix(200)))
        guard (3...Self.mostWords).contains(tokens.count),
            tokens.contains(where: words.persons.contains), tokens.contains(where: words.sayings.contains),
            tokens.contains(where: words.asking.contains)
        else { return nil }
        let first = tokens.contains(where: words.first.contains)
        let known = words.persons.union(words.sayings).union(words.asking).union(words.first).union(words.last)
            .union(words.beside)
        guard tokens.allSatisfy(known.contains) else { return nil }
        isOfFirst = first
    }
}
