import Foundation
import Languages
import Understanding

/// The sentences that say most of a text: those whose words come most often in it (Nenkova and Vanderwende, "The impact of
/// frequency on summarization", 2005). They are the text's own, so that nothing is in them that it does not say.
struct CentralSentences: Sendable {
    private let language: QuestionLanguage
    /// How often each word comes in the text, by its stem.
    private let counts: [String: Int]

    /// Words of a sentence that is taken.
    private static let words = 6...45

    init(of text: String, in language: QuestionLanguage) {
        self.language = language
        var counts: [String: Int] = [:]
        for word in Self.content(of: text, language) { counts[word, default: 0] += 1 }
        self.counts = counts
    }

    /// The best sentences of a part, with how much each says, in the part's order.
    func best(_ count: Int, of part: String) -> [(sentence: String, score: Double)] {
        let sentences = Sentences.split(passage: part, isRecord: false, in: language).map { sentence in
            sentence.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }.filter(isWhole)
        let scored = sentences.map { ($0, score(of: $0)) }
        let chosen = Set(scored.indices.sorted { (-scored[$0].1, $0) < (-scored[$1].1, $1) }.prefix(count))
        return scored.indices.filter(chosen.contains).map { scored[$0] }
    }

    /// Whether it is a sentence that can stand by itself, and no heading, row of a table or line of code.
    private func isWhole(_ sentence: String) -> Bool {
        let words = sentence.split(separator: " ")
        guard Self.words.contains(words.count), let first = sentence.first, first.isUppercase,
            let last = sentence.last, ".!?".contains(last)
        else { return false }
        return !language.words.sentences.pronouns.contains(String(words[0]).lowercased())
            && !sentence.contains { "|{}#=<>".contains($0) } && !sentence.contains("](")
    }

    /// What its words count together, the more of them the less each.
    private func score(of sentence: String) -> Double {
        let words = Set(Self.content(of: sentence, language))
        guard !words.isEmpty else { return 0 }
        return words.reduce(0) { $0 + log(Double(1 + (counts[$1] ?? 0))) } / Double(words.count).squareRoot()
    }

    private static func content(of text: String, _ language: QuestionLanguage) -> [String] {
        Stem.words(in: text).filter { $0.count > 2 && language.common.isContent($0) }.map(language.stem.of)
    }
}
