import Languages
import Understanding

/// How a sentence of a small model must relate to the message, beside stating nothing specific.
struct AloneRelation: Sendable {
    private enum Demand {
        /// What somebody told is answered with words to him: the model has no life of its own to tell of.
        case toThePerson(Set<String>)
        /// Small talk says nothing of the person that he did not say: "your homework".
        case nothingOfThePerson(Set<String>)
        /// What is written anew has words of what was handed over.
        case sharesWords(Set<String>)
    }

    private let demand: Demand
    private let language: QuestionLanguage

    /// - Returns: nil where nothing is demanded.
    ///
    /// - Parameter said: the conversation, and what the model was told.
    init?(_ kind: RequestKind?, message: String, said: [String], in language: QuestionLanguage) {
        self.language = language
        switch kind {
        case .chat:
            demand = .nothingOfThePerson(Self.stems(of: said.flatMap(DoneClaims.tokens), language))
        case .tell: demand = .toThePerson(OwnWords(in: language).pairs(in: message))
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
        case .toThePerson(let own):
            // "My name is Hilde" is the person's to say.
            guard OwnWords(in: language).pairs(in: sentence).isDisjoint(with: own) else { return false }
            let text = " \(tokens.joined(separator: " ")) "
            return !language.words.sentences.ofOneself.contains { text.contains(" \($0) ") }
                || tokens.contains(where: language.words.doings.addressing.contains)
        case .nothingOfThePerson(let stems):
            return sentence.hasSuffix("?")
                || zip(tokens, tokens.dropFirst()).allSatisfy { person, word in
                    !isAddress(person) || !language.common.isContent(word) || stems.contains(language.stem.of(word))
                }
        case .sharesWords(let stems): return !stems.isDisjoint(with: Self.stems(of: tokens, language))
        }
    }

    /// `your`, and `you're`.
    private func isAddress(_ token: String) -> Bool {
        language.words.doings.addressing.contains(String(token.prefix { $0.isLetter }))
    }

    private static func stems(of words: [String], _ language: QuestionLanguage) -> Set<String> {
        Set(words.filter(language.common.isContent).map(language.stem.of))
    }
}
