import Languages
import Understanding

/// How a sentence of a small model must relate to the message, beside stating nothing specific.
struct AloneRelation: Sendable {
    private enum Demand {
        /// What somebody told is answered with words to him: the model has no life of its own to tell of.
        case toThePerson
        /// What is written anew has words of what was handed over.
        case sharesWords(Set<String>)
    }

    private let demand: Demand
    private let language: QuestionLanguage

    /// - Returns: nil where nothing is demanded.
    init?(_ kind: RequestKind?, message: String, in language: QuestionLanguage) {
        self.language = language
        switch kind {
        case .tell: demand = .toThePerson
        case .rewrite:
            let words = DoneClaims.tokens(message)
            // A translation shares none.
            guard words.allSatisfy({ !language.words.sayings.verbs.contains($0) }) else { return nil }
            demand = .sharesWords(Self.stems(of: words, language))
        default: return nil
        }
    }

    func holds(for sentence: String) -> Bool {
        let tokens = DoneClaims.tokens(sentence)
        switch demand {
        case .toThePerson:
            let text = " \(tokens.joined(separator: " ")) "
            return !language.words.sentences.ofOneself.contains { text.contains(" \($0) ") }
                || tokens.contains(where: language.words.doings.addressing.contains)
        case .sharesWords(let stems): return !stems.isDisjoint(with: Self.stems(of: tokens, language))
        }
    }

    private static func stems(of words: [String], _ language: QuestionLanguage) -> Set<String> {
        Set(words.filter(language.common.isContent).map(language.stem.of))
    }
}
