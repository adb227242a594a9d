import Core
import Foundation

/// The few of many tools that a question may be meant for: only these are looked at closely.
struct ToolShortlist {
    let embedder: any Embedder

    /// So many are looked at.
    static let most = 8
    /// What the shared words weigh beside the cosine.
    private static let words = 0.5

    func best(of tools: [Tool], for reading: QuestionReading) async throws -> [Tool] {
        guard tools.count > Self.most else { return tools }
        let question = reading.text.text(0..<reading.text.characters.count)
        let texts = tools.map { ToolDecision.subject(of: $0, slots: Slot.all(of: $0)) }
        let vectors = try await embedder.embed([question] + texts)
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        guard vectors.count == texts.count + 1 else { return [] }
        let stems = texts.map { Set(Stem.words(in: $0).map(Stem.of)) }
        let asked = Set(reading.text.words.flatMap { Stem.all(in: $0.text) })
        let weights = Self.weights(of: asked, in: stems)
        let total = weights.values.reduce(0, +)
        let scores = tools.indices.map { index in
            let shared = stems[index].reduce(0.0) { $0 + (weights[$1] ?? 0) }
            return AnchorIndex.cosine(vectors[0], vectors[index + 1]) + (total > 0 ? Self.words * shared / total : 0)
        }
        return tools.indices.sorted { scores[$0] > scores[$1] }.prefix(Self.most).sorted().map { tools[$0] }
    }

    /// How much each word of the question tells tools apart (the inverse frequency of BM25).
    private static func weights(of words: Set<String>, in texts: [Set<String>]) -> [String: Double] {
        var weights: [String: Double] = [:]
        for word in words {
            let count = Double(texts.count { $0.contains(word) })
            if count > 0 { weights[word] = log(1 + (Double(texts.count) - count + 0.5) / (count + 0.5)) }
        }
        return weights
    }
}
