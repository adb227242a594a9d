import Core
import Foundation
import Languages
import Understanding

/// The few of many tools that a question may be meant for: only these are looked at closely.
struct ToolShortlist {
    let vectors: TextVectors
    let readings: ToolReadings
    /// Of so many tools that are not embedded yet the descriptions are embedded for one question.
    var mostUnread = Self.mostUnread
    /// So many are looked at.
    var most = Self.most

    static let most = 24
    /// Of a client's, whose texts are all embedded for its request.
    static let mostOfClient = 8
    /// Of the registered tools, which are embedded in the background.
    static let mostUnread = 12
    /// Of a client's tools, which are embedded for its request: the next one may be from somebody else.
    static let mostUnreadOfClient = 512
    /// What the nearness of the name alone and the shared words weigh beside the nearness of all that is said of a tool.
    /// With 0.3 to 0.5 and 0.5 to 1 the right one of 412 functions is among the five best for 98 % of 300 questions.
    private static let weights = (name: 0.4, words: 0.5)

    func best(of tools: [Tool], for reading: QuestionReading) async throws -> [Tool] {
        guard tools.count > most else { return tools }
        let question = reading.text.text(0..<reading.text.characters.count)
        let comparable = ComparableTools(
            vectors: vectors, memory: readings.outlines, stem: reading.language.stem
        ) { [$0.whole, $0.name] }
        let tools = try await comparable.places(in: tools, for: question, embeddingAtMost: mostUnread)
            .map { tools[$0] }
        let known = tools.map(readings.outlines.value)
        let vectors = try await vectors.embed([question] + known.map(\.whole) + known.map(\.name))
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        guard vectors.count == 1 + 2 * tools.count else { return [] }
        let stems = known.map(\.stems)
        let asked = Set(reading.text.words.flatMap { reading.language.stem.all(in: $0.text) })
        let rarities = Self.rarities(of: asked, in: stems)
        let total = rarities.values.reduce(0, +)
        let scores = tools.indices.map { index in
            let shared = stems[index].reduce(0.0) { $0 + (rarities[$1] ?? 0) }
            return AnchorIndex.cosine(vectors[0], vectors[index + 1])
                + Self.weights.name * AnchorIndex.cosine(vectors[0], vectors[index + 1 + tools.count])
                + (total > 0 ? Self.weights.words * shared / total : 0)
        }
        return tools.indices.sorted { scores[$0] > scores[$1] }.prefix(most).sorted().map { tools[$0] }
    }

    /// How much each word of the question tells tools apart (the inverse frequency of BM25).
    static func rarities(of words: Set<String>, in texts: [Set<String>]) -> [String: Double] {
        var rarities: [String: Double] = [:]
        for word in words {
            let count = Double(texts.count { $0.contains(word) })
            if count > 0 { rarities[word] = log(1 + (Double(texts.count) - count + 0.5) / (count + 0.5)) }
        }
        return rarities
    }
}
