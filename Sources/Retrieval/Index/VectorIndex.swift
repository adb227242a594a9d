import Foundation
import Store
import Synchronization

/// Finds contents whose vectors are near to one. Behind it may stand another machine's index.
protocol VectorIndex: Sendable {
    /// Adds vectors of length 1, or replaces them.
    func add(_ vectors: [(content: Int, vector: [Float])]) async throws

    /// The contents nearest to a vector of length 1, by cosine, the nearest first.
    ///
    /// - Parameter wanted: only these; nil is all.
    func nearest(
        to vector: [Float], limit: Int, within wanted: Set<Int>?
    ) async throws -> [(content: Int, similarity: Float)]

    /// The cosines of contents to a vector; those without a vector of their own are missing.
    func similarities(of contents: [Int], to vector: [Float]) async throws -> [Int: Float]
}

/// Vectors in the database, a byte a component, and their signs in memory: a search passes over the signs, and computes
/// the cosines of the few that may be near.
final class StoredVectorIndex: VectorIndex {
    private let store: Database
    /// Which model's vectors.
    let model: String
    /// Written when vectors are added or turn out to be gone; read by each search.
    private let signs = Mutex(SignTable())

    /// How many times more candidates than asked for are looked at: of the hundred nearest to 600 descriptions of articles,
    /// eight times as many found 97, four times as many 92; among many there is less time for them.
    private static func oversampling(_ count: Int) -> Int { count < 30_000 ? 8 : 4 }
    private static let leastCandidates = 200

    init(store: Database, model: String) {
        self.store = store
        self.model = model
    }

    /// Reads the signs of what is stored.
    func load() async throws {
        try await store.forEachVector(model: model) { [self] content, bytes in
            let code = VectorCode(bytes: Array(bytes))
            signs.withLock { $0.set(content, code.signs) }
        }
    }

    var count: Int { signs.withLock { $0.count } }

    func add(_ vectors: [(content: Int, vector: [Float])]) async throws {
        let codes = vectors.map { (content: $0.content, code: VectorCode($0.vector)) }
        try await store.save(vectors: codes.map { (content: $0.content, vector: $0.code.bytes) }, model: model)
        signs.withLock { table in
            for (content, code) in codes { table.set(content, code.signs) }
        }
    }

    func nearest(
        to vector: [Float], limit: Int, within wanted: Set<Int>?
    ) async throws -> [(content: Int, similarity: Float)] {
        let query = VectorCode(vector).signs
        let table = signs.withLock { $0 }
        let most = max(Self.leastCandidates, limit * Self.oversampling(table.count))
        let candidates = table.nearest(to: query, limit: most, within: wanted)
        let found = try await similarities(of: candidates, to: vector)
        let gone = candidates.filter { found[$0] == nil }
        if !gone.isEmpty { signs.withLock { table in for content in gone { table.remove(content) } } }
        return found.map { (content: $0.key, similarity: $0.value) }
            .sorted { ($0.similarity, $1.content) > ($1.similarity, $0.content) }
            .prefix(limit).map { $0 }
    }

    func similarities(of contents: [Int], to vector: [Float]) async throws -> [Int: Float] {
        try await unsafe store.measures(of: contents, model: model) { bytes in
            unsafe VectorCode.similarity(of: bytes, to: vector)
        }
    }
}
