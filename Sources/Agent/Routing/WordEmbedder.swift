import Core

/// Vectors by the words two texts share. Stands in where there is no embedding model, so that tools are still found by
/// the words of their descriptions.
package struct WordEmbedder: Embedder {
    private static let width = 512
    private static let common: Set<String> = [
        "a", "an", "and", "are", "at", "be", "do", "does", "for", "from", "how", "i", "in", "is", "it", "me", "my",
        "of",
        "on", "or", "the", "that", "this", "to", "what", "when", "where", "which", "who", "will", "with", "you",
    ]

    package init() {}

    package func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] { try await embed(texts) }

    package func tokenCounts(of texts: [String]) async throws -> [Int] {
        texts.map { $0.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).count }
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        texts.map { text in
            var vector = [Float](repeating: 0, count: Self.width)
            for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
                let stem = word.count > 4 && word.hasSuffix("s") ? word.dropLast() : word
                vector[Int(StableHash.of(stem) % UInt64(Self.width))] += Self.common.contains(String(stem)) ? 0.1 : 1
            }
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? vector.map { $0 / length } : vector
        }
    }
}
