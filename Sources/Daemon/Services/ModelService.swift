import Inference
import Logging
import ServiceLifecycle

/// Ends the models' threads when nobody asks any more.
struct ModelService: Service {
    let chat: InferenceEngine
    let embedding: EmbeddingEngine
    let logger: Logger

    func run() async throws {
        async let chatLoaded: Void = report(chat.modelPath) { _ = try await chat.describe() }
        async let embeddingLoaded: Void = report(embedding.modelPath) { _ = try await embedding.embed([]) }
        try? await gracefulShutdown()
        // Loading cannot be interrupted, and may take longer than anybody wants to wait.
        if chat.loadState != .loading { await chat.stop() }
        if embedding.loadState != .loading { await embedding.stop() }
        _ = await (chatLoaded, embeddingLoaded)
    }

    private func report(_ path: String, _ loaded: @escaping @Sendable () async throws -> Void) async {
        do {
            try await cancelWhenGracefulShutdown { try await loaded() }
            logger.info("model loaded", metadata: ["path": "\(path)"])
        } catch is CancellationError {
            // Stopped before it was loaded.
        } catch {
            logger.error("model not loaded; questions fail until it is", metadata: ["error": "\(error)"])
        }
    }
}
