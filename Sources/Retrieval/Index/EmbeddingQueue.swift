import Core
import Folders
import Foundation
import Logging
import Store

/// Computes the vectors that contents do not have yet, while nothing else is computed.
final class EmbeddingQueue: Sendable {
    /// Of a model that vectors were made with before; nil where it is no longer there.
    typealias Earlier = @Sendable (EmbeddingModelFile) -> EarlierEmbedder?

    private let store: Database
    private let model: EmbeddingModelFile
    private let embedder: any Embedder
    private let vectors: StoredVectorIndex
    private let earlier: Earlier
    private let logger: Logger
    private let signal = Signal()
    /// What searches compare queries with.
    let serving: ServingVectors

    /// Contents whose vectors are stored together: a commit waits for the disk.
    private static let portion = 64

    init(
        store: Database, model: EmbeddingModelFile, embedder: any Embedder, earlier: @escaping Earlier, logger: Logger
    ) {
        self.store = store
        self.model = model
        self.embedder = embedder
        self.earlier = earlier
        self.logger = logger
        vectors = StoredVectorIndex(store: store, model: model.name)
        serving = ServingVectors(ServingVectors.Pair(embedder: embedder, vectors: vectors))
    }

    var modelName: String { model.name }

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
                break
            } catch {
                // Documents are found by their words all the same. What is asked for next tries again.
                if problem != "\(error)" { logger.error("documents are not embedded", metadata: ["error": "\(error)"]) }
                problem = "\(error)"
            }
        }
        await progress.earlier?.stop()
    }

    private struct Progress {
        var isLoaded = false
        /// All contents up to this one have vectors, or cannot have any.
        var last = 0
        /// Serves until all that there is has vectors of the new model.
        var earlier: EarlierEmbedder?
        var hasDroppedOthers = false
    }

    private func computeMissing(_ progress: inout Progress) async throws {
        if !progress.isLoaded {
            try await vectors.load()
            try await store.save(embeddingModel: model)
            progress.earlier = try await serveEarlier()
            progress.isLoaded = true
        }
        let newest = try await store.newestContent()
        var made = 0
        while true {
            try Task.checkCancellation()
            let next = try await store.contentsWithoutVector(
                model: model.name, after: progress.last, limit: Self.portion)
            guard let end = next.last?.id else { break }
            let computed = try await vectors(of: next.map { Self.text(of: $0.content) })
            try await vectors.add(
                zip(next, computed).compactMap { next, vector in vector.map { (content: next.id, vector: $0) } })
            progress.last = end
            made += next.count
        }
        progress.last = max(progress.last, newest)
        if made > 0 { logger.info("documents are embedded", metadata: ["vectors": "\(vectors.count)"]) }
        guard !progress.hasDroppedOthers else { return }
        serving.serve(ServingVectors.Pair(embedder: embedder, vectors: vectors))
        await progress.earlier?.stop()
        progress.earlier = nil
        // Those of a model that was used before were kept until now: it may have been put back.
        try await store.dropVectors(besides: model.name)
        progress.hasDroppedOthers = true
    }

    /// Has the model serve that made more vectors than this one, if it is still there.
    private func serveEarlier() async throws -> EarlierEmbedder? {
        let most = try await store.embeddingModels().first
        guard let most, most.model != model, most.vectors > vectors.count, let earlier = earlier(most.model) else {
            return nil
        }
        let index = StoredVectorIndex(store: store, model: most.model.name)
        try await index.load()
        serving.serve(ServingVectors.Pair(embedder: earlier.embedder, vectors: index))
        logger.info(
            "documents are being embedded again; the earlier model serves until then",
            metadata: ["model": "\(model.path)", "before": "\(most.model.path)"])
        return earlier
    }

    /// Nil for a text that cannot be embedded: it is found by its words.
    private func vectors(of texts: [String]) async throws -> [[Float]?] {
        var vectors: [[Float]?] = []
        do {
            vectors = try await embedder.embedWhenIdle(texts)
        } catch  where !(error is CancellationError) {
            // One of them may be to blame, and keeps nobody else waiting.
            for text in texts {
                try Task.checkCancellation()
                vectors.append(try? await embedder.embedWhenIdle([text]).first)
            }
            if vectors.allSatisfy({ $0 == nil }) { throw error }
        }
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        return vectors
    }

    /// What stands for a content: what it is about comes first.
    static func text(of content: StoredContent) -> String {
        [content.title, content.headings, content.text].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
