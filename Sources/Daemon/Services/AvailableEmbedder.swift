import Agent
import Core
import Inference

/// The embedding model, or, where it cannot be loaded, the words of the texts: tools are then found less well, but
/// found.
struct AvailableEmbedder: Embedder {
    let model: EmbeddingEngine

    func embed(_ texts: [String]) async throws -> [[Float]] {
        try await available(texts) { try await model.embed(texts) }
    }

    func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] {
        try await available(texts) { try await model.embedWhenIdle(texts) }
    }

    private func available(
        _ texts: [String], _ embed: () async throws -> [[Float]]
    ) async throws -> [[Float]] {
        // Waits until loading has ended, one way or the other.
        do {
            return try await embed()
        } catch let error as InferenceError {
            guard case .failed = model.loadState else { throw error }
            return try await WordEmbedder().embed(texts)
        }
    }
}
