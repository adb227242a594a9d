import Core
import Synchronization

/// An embedder that remembers the last texts it was given: a client sends the descriptions of its tools with each request.
final class RememberedVectors: Embedder {
    private let embedder: any Embedder
    /// Of 384 numbers of four bytes each, two turns of these are 12 MiB.
    private let known = Mutex(RecentValues<String, [Float]>(most: 4096))

    init(_ embedder: any Embedder) {
        self.embedder = embedder
    }

    func embed(_ texts: [String]) async throws -> [[Float]] {
        try await vectors(of: texts) { try await embedder.embed($0) }
    }

    func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] {
        try await vectors(of: texts) { try await embedder.embedWhenIdle($0) }
    }

    func tokenCounts(of texts: [String]) async throws -> [Int] { try await embedder.tokenCounts(of: texts) }

    private func vectors(of texts: [String], _ compute: ([String]) async throws -> [[Float]]) async throws -> [[Float]]
    {
        var found = known.withLock { known in
            texts.reduce(into: [String: [Float]]()) { found, text in found[text] = known[text] }
        }
        let missing = Set(texts).subtracting(found.keys).sorted()
        if !missing.isEmpty {
            let vectors = try await compute(missing)
            // A cancelled call gives fewer.
            guard vectors.count == missing.count else { return [] }
            found.merge(zip(missing, vectors)) { first, _ in first }
        }
        known.withLock { $0.use(found) }
        return texts.compactMap { found[$0] }
    }
}
