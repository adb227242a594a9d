import Inference
import Logging
import ServiceLifecycle

/// Ends the models' threads when nobody asks any more.
struct ModelService: Service {
    let chat: InferenceEngine
    /// The embedding model, and the re-ranker where there is one.
    let encoders: [EmbeddingEngine]
    let logger: Logger

    func run() async throws {
        async let chatLoaded: Void = report(chat.modelPath) { _ = try await chat.describe() }
        async let encodersLoaded: Void = withTaskGroup { group in
            for encoder in encoders { group.addTask { await report(encoder.modelPath) { try await encoder.loaded() } } }
        }
        try? await gracefulShutdown()
        // Loading cannot be interrupted, and may take longer than anybody wants to wait.
        if chat.loadState != .loading { await chat.stop() }
        for encoder in encoders where encoder.loadState != .loading { await encoder.stop() }
        _ = await (chatLoaded, encodersLoaded)
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
