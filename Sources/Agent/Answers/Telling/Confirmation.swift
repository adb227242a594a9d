import Languages
import Understanding

/// Whether a question is answered by yes or no, and whether a property says which.
struct Confirmation: Sendable {
    let isAsked: Bool
    private let stems: Set<String>
    private let language: QuestionLanguage

    init(_ question: String, in language: QuestionLanguage) {
        self.language = language
        let lower = String(question.prefix(1000)).lowercased()
        let words = Stem.words(in: lower)
        let results = language.words.results
        // "Isn't it open?" and "Is it open or shut?" leave open what yes would mean.
        let isNegated = lower.split { $0.isWhitespace || "?.!,".contains($0) }.contains {
            language.words.questions.negations.contains(String($0))
        }
        isAsked =
            words.first.map(results.confirming.contains) == true && !isNegated
            && results.choosing.isDisjoint(with: words)
        stems = Set(words.map(language.stem.of))
    }

    /// Whether a property is, by all words of its own name, what the question speaks of.
    func isAbout(_ node: ResultNode) -> Bool {
        Self.says(stems, node.path.last ?? "", language)
    }

    /// Whether all words of a property's name stand among others, but for those that only bind.
    ///
    /// - Parameter stems: of the words.
    static func says(_ stems: Set<String>, _ name: String, _ language: QuestionLanguage) -> Bool {
        let words = language.stem.nameWords(in: name)
        let content = words.filter(language.common.isContent)
        let telling = content.isEmpty ? words : content
        return !telling.isEmpty && telling.map(language.stem.of).allSatisfy(stems.contains)
    }
}
