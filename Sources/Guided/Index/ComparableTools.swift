import Core
import Foundation
import Understanding

/// Which tools a question can be compared with now: those whose descriptions are embedded, and of the others a few, which
/// share the words that tell and are embedded at once. So no question waits for all of many descriptions.
struct ComparableTools<Value: Sendable> {
    let vectors: TextVectors
    let memory: ToolMemory<Value>
    let stem: Stem
    /// The texts of a description that must be embedded.
    let texts: @Sendable (Value) -> [String]

    /// - Parameter most: so many tools are embedded at once.
    /// - Returns: the places of these tools, ascending.
    func places(in tools: [Tool], for question: String, embeddingAtMost most: Int) async throws -> [Int] {
        let open = tools.indices.filter { index in
            guard let value = memory.known(tools[index]) else { return true }
            return vectors.known(texts(value)).contains { $0 == nil }
        }
        guard !open.isEmpty else { return Array(tools.indices) }
        let likely = open.count <= most ? open : likeliest(most, of: open, in: tools, for: question)
        _ = try await vectors.embed(likely.flatMap { texts(memory.value(of: tools[$0])) })
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        let others = Set(open).subtracting(likely)
        return tools.indices.filter { !others.contains($0) }
    }

    /// Of long descriptions the beginning is read.
    private static var mostCharacters: Int { 400 }

    private func likeliest(_ most: Int, of places: [Int], in tools: [Tool], for question: String) -> [Int] {
        // The same words come again and again.
        var stems: [String: String] = [:]
        func stemmed(_ word: String) -> String {
            if let known = stems[word] { return known }
            let found = stem.of(word)
            stems[word] = found
            return found
        }
        let asked = Set(Stem.words(in: question).map(stemmed))
        let shared = places.map { place in
            let tool = tools[place]
            let said =
                [tool.operation, String(tool.description.prefix(Self.mostCharacters))] + tool.examples.map(\.question)
            return Set(said.flatMap(Stem.words).map(stemmed)).intersection(asked)
        }
        let rarities = ToolShortlist.rarities(of: asked, in: shared)
        let scores = shared.map { $0.reduce(0.0) { $0 + (rarities[$1] ?? 0) } }
        return places.indices.sorted { scores[$0] > scores[$1] }.prefix(most).map { places[$0] }.sorted()
    }
}
