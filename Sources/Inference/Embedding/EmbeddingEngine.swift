import Core
import Foundation

/// Hosts one embedding model, or one re-ranker, on a thread of its own.
package final class EmbeddingEngine: Embedder {
    package let modelPath: String
    private let thread: OwnerThread<EmbeddingContext>
    private let loading = Loading<Loaded>()
    private let activity: Activity

    private struct Loaded: Sendable {
        var model: Model
        var seconds: Double
    }

    /// Begins to load the model and returns at once; requests wait for it.
    ///
    /// - Parameter activity: what idle work gives way to.
    package convenience init(modelPath: String, threads: Int? = nil, activity: Activity = Activity()) {
        self.init(modelPath: modelPath, threads: threads, activity: activity, purpose: .vectors)
    }

    private init(modelPath: String, threads: Int?, activity: Activity, purpose: EmbeddingContext.Purpose) {
        self.modelPath = modelPath
        self.activity = activity
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        thread = OwnerThread(name: "embedding") { [loading] () throws(InferenceError) in
            do throws(InferenceError) {
                let start = ContinuousClock.now
                let model = try Model(path: modelPath)
                let context = try EmbeddingContext(model: model, threads: threads, purpose: purpose)
                loading.finish(.success(Loaded(model: model, seconds: (ContinuousClock.now - start) / .seconds(1))))
                return context
            } catch {
                loading.finish(.failure(error))
                throw error
            }
        }
    }

    /// Waits until the model is loaded.
    ///
    /// - Throws: what loading it threw.
    package func loaded() async throws { _ = try await loading.value() }

    package func stop() async {
        await thread.stop()
    }

    package var loadState: InferenceEngine.LoadState {
        switch loading.result {
        case nil: .loading
        case .success(let loaded): .ready(seconds: loaded.seconds)
        case .failure(let error): .failed(error.message)
        }
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        try await embedWithUsage(texts).vectors
    }

    /// Texts that are computed together while answers may be waiting.
    private static let idlePortion = 16

    package func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] {
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: texts.count, by: Self.idlePortion) {
            try await activity.waitUntilIdle()
            vectors += try await embed(Array(texts[start..<min(start + Self.idlePortion, texts.count)]))
        }
        return vectors
    }

    // Off the caller's actor: counting takes a while.
    @concurrent
    package func tokenCounts(of texts: [String]) async throws -> [Int] {
        let model = try await loading.value().model
        return texts.map { model.tokens(of: $0, special: false).count }
    }

    // Beside what begins and ends every text.
    package func mostTokens() async throws -> Int? {
        let model = try await loading.value().model
        return EmbeddingContext.size(for: model) - model.wholeText("", limit: .max).count
    }

    /// One vector of length 1 a text, and how many tokens were read.
    package func embedWithUsage(_ texts: [String]) async throws -> (vectors: [[Float]], tokens: Int) {
        try await onThread { context, cancel throws(InferenceError) in try context.embed(texts, cancel: cancel) }
    }

    private func onThread<Value: Sendable>(
        _ body: @escaping @Sendable (inout EmbeddingContext, CancelFlag) throws(InferenceError) -> Value
    ) async throws -> Value {
        let answer = Loading<Value>()
        let cancel = CancelFlag()
        thread.submit(
            OwnerThread.Job(
                run: { context in
                    do throws(InferenceError) {
                        answer.finish(.success(try body(&context, cancel)))
                    } catch {
                        answer.finish(.failure(error))
                    }
                }, fail: { answer.finish(.failure($0)) }))
        return try await withTaskCancellationHandler {
            try await answer.value()
        } onCancel: {
            cancel.set()
        }
    }
}

extension EmbeddingEngine: Reranker {
    /// Begins to load a re-ranker.
    package static func reranker(modelPath: String, threads: Int? = nil) -> EmbeddingEngine {
        EmbeddingEngine(modelPath: modelPath, threads: threads, activity: Activity(), purpose: .scores)
    }

    package func scores(of texts: [String], for query: String) async throws -> [Float] {
        try await onThread { context, cancel throws(InferenceError) in
            try context.scores(of: texts, for: query, cancel: cancel)
        }
    }
}
