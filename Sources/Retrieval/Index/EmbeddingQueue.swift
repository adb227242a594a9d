import Core
import Foundation
import Logging
import Store

/// Computes the vectors that contents do not have yet, while nothing else is computed.
final class EmbeddingQueue: Sendable {
    private let store: Database
    private let embedder: any Embedder
    private let vectors: StoredVectorIndex
    private let logger: Logger
    private let signal = Signal()

    /// Contents whose vectors are stored together: a commit waits for the disk.
    private static let portion = 64

    init(store: Database, embedder: any Embedder, vectors: StoredVectorIndex, logger: Logger) {
        self.store = store
        self.embedder = embedder
        self.vectors = vectors
        self.logger = logger
    }

    var model: String { vectors.model }

    /// There may be something to compute.
    func wake() { signal.send() }

    /// Works until it is cancelled.
    func run() async {
        var progress = Progress()
        var problem: String?
        wake()
        for await _ in signal.events {
            do {
                try await computeMissing(&progress)
                problem = nil
            } catch is CancellationError {
                return
            } catch {
                // Documents are found by their words all the same. What is asked for next tries again.
                if problem != "\(error)" { logger.error("documents are not embedded", metadata: ["error": "\(error)"]) }
                problem = "\(error)"
            }
        }
    }

    private struct Progress {
        var isLoaded = false
        /// All contents up to this one have vectors.
        var last = 0
        var hasDroppedOthers = false
    }

    private func computeMissing(_ progress: inout Progress) async throws {
        if !progress.isLoaded { try await vectors.load() }
        progress.isLoaded = true
        let newest = try await store.newestContent()
        var made = 0
        while true {
            try Task.checkCancellation()
            let next = try await store.contentsWithoutVector(model: model, after: progress.last, limit: Self.portion)
            guard let end = next.last?.id else { break }
            let computed = try await embedder.embedWhenIdle(next.map { Self.text(of: $0.content) })
            // A cancelled call gives fewer.
            try Task.checkCancellation()
            try await vectors.add(zip(next, computed).map { (content: $0.id, vector: $1) })
            progress.last = end
            made += next.count
        }
        progress.last = max(progress.last, newest)
        if made > 0 { logger.info("documents are embedded", metadata: ["vectors": "\(vectors.count)"]) }
        guard !progress.hasDroppedOthers else { return }
        // Those of a model that was used before were kept until now: it may have been put back.
        try await store.dropVectors(besides: model)
        progress.hasDroppedOthers = true
    }

    /// What stands for a content: what it is about comes first.
    static func text(of content: StoredContent) -> String {
        [content.title, content.headings, content.text].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
