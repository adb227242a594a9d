import Core
import Languages

/// Vectors by the words two texts share. Stands in where there is no embedding model, so that tools are still found by
/// the words of their descriptions.
package struct WordEmbedder: Embedder {
    private static let width = 512
    private let language: QuestionLanguage

    package init(in language: QuestionLanguage = .english) {
        self.language = language
    }

    package func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] { try await embed(texts) }

    package func tokenCounts(of texts: [String]) async throws -> [Int] {
        texts.map { $0.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).count }
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        let (plurals, frequent) = (language.words.forms.plurals.endings, language.words.words.frequent)
        return texts.map { text in
            var vector = [Float](repeating: 0, count: Self.width)
            for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
                let ending = word.count > 4 ? plurals.first(where: word.hasSuffix) : nil
                let stem = word.dropLast(ending?.count ?? 0)
                vector[Int(StableHash.of(stem) % UInt64(Self.width))] += frequent.contains(String(stem)) ? 0.1 : 1
            }
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? vector.map { $0 / length } : vector
        }
    }
}
