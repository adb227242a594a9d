import Core
import Inference
import Understanding

/// The embedding model, or, where it cannot be loaded, the words of the texts: tools are then found less well, but
/// found.
struct AvailableEmbedder: Embedder {
    let model: EmbeddingEngine

    func embed(_ texts: [String]) async throws -> [[Float]] {
        try await available { try await $0.embed(texts) }
    }

    func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] {
        try await available { try await $0.embedWhenIdle(texts) }
    }

    func tokenCounts(of texts: [String]) async throws -> [Int] {
        try await available { try await $0.tokenCounts(of: texts) }
    }

    /// Nil where words stand in: their vectors are not kept as the model's.
    func maker() async -> String? { await model.maker() }

    private func available<Value>(_ body: (any Embedder) async throws -> Value) async throws -> Value {
        // Waits until loading has ended, one way or the other.
        do {
            return try await body(model)
        } catch let error as InferenceError {
            guard case .failed = model.loadState else { throw error }
            return try await body(WordEmbedder())
        }
    }
}
