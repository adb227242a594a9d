import Languages
import Understanding

/// What somebody says of himself: "my name" and "I live", which a question and what it asks for have in common.
struct OwnWords: Sendable {
    private let persons: Set<String>
    private let language: QuestionLanguage

    init(in language: QuestionLanguage) {
        self.language = language
        persons = language.words.conversation.recalls.persons
    }

    private static let most = 2000

    /// Whether a thing of the speaker's is asked for: "what's my sister called?", and not "why does my back hurt?".
    func isAskedFor(_ question: String) -> Bool {
        let tokens = DoneClaims.tokens(String(question.prefix(200)))
        let asking = language.words.results.asking
        guard let first = tokens.first, language.words.questions.openings.contains(first),
            !asking.reason.contains(first), !language.words.results.confirming.contains(first)
        else { return false }
        let rest = tokens.dropFirst().drop { language.words.results.confirming.contains($0) }
        guard let owner = rest.first, persons.contains(owner), !language.words.names.oneself.contains(owner),
            let thing = rest.dropFirst().first
        else { return false }
        return language.common.isContent(thing)
    }

    /// The words for the speaker, each with the stem of the word behind it.
    func pairs(in text: String) -> Set<String> {
        let tokens = DoneClaims.tokens(String(text.prefix(Self.most)))
        return Set(
            zip(tokens, tokens.dropFirst()).compactMap { person, word in
                guard persons.contains(person), language.common.isContent(word) else { return nil }
                return "\(person) \(language.stem.of(word))"
            })
    }
}
