import Core
import Foundation
import Synchronization

/// Hosts one embedding model, or one re-ranker, on a thread of its own.
package final class EmbeddingEngine: Embedder {
    package let modelPath: String
    private let thread: OwnerThread<EmbeddingContext>
    private let loading = Loading<Loaded>()
    private let activity: Activity
    /// Requests that somebody waits for: idle work lets them go first.
    private let urgent = Atomic(0)

    private struct Loaded: Sendable {
        var model: Model
        var seconds: Double
        /// As it was loaded.
        var maker: String
    }

    /// Begins to load the model and returns at once; requests wait for it.
    ///
    /// - Parameters:
    ///   - activity: what idle work gives way to.
    ///   - admission: decides whether the file is loaded; nil loads any.
    package convenience init(
        modelPath: String, threads: Int? = nil, activity: Activity = Activity(), admission: ModelAdmission? = nil
    ) {
        self.init(
            modelPath: modelPath, threads: threads, activity: activity, purpose: .vectors, admission: admission)
    }

    private init(
        modelPath: String, threads: Int?, activity: Activity, purpose: EmbeddingContext.Purpose,
        admission: ModelAdmission?
    ) {
        self.modelPath = modelPath
        self.activity = activity
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        thread = OwnerThread(name: "embedding") { [loading] () throws(InferenceError) in
            do throws(InferenceError) {
                let start = ContinuousClock.now
                let maker = Self.maker(modelPath)
                let model = try Model(path: modelPath, for: purpose == .vectors ? .vectors : .scores, admission)
                let context = try EmbeddingContext(model: model, threads: threads, purpose: purpose)
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                loading.finish(.success(Loaded(model: model, seconds: seconds, maker: maker)))
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

    /// The model's file as it was loaded: its name alone is not enough, since another may be put in its place.
    package func maker() async -> String? { try? await loading.value().maker }

    private static func maker(_ path: String) -> String {
        let identity = FileIdentity(of: path)
        return "\(path) \(identity?.bytes ?? 0) \(identity?.inode ?? 0) \(identity?.modified ?? 0)"
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        try await embedWithUsage(texts).vectors
    }

    /// Texts that are computed before it is looked again whether answers are computed, and of these what is computed in
    /// one go: about as much as libllama computes together, so that who waits for a vector waits for no more than that.
    private static let idlePortion = (texts: 16, bytes: 2048)

    package func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] {
        var vectors: [[Float]] = []
        var next = texts.startIndex
        while next < texts.endIndex {
            if next % Self.idlePortion.texts == 0 { try await activity.waitUntilIdle() }
            let last = min(texts.endIndex, (next / Self.idlePortion.texts + 1) * Self.idlePortion.texts)
            var end = next
            var bytes = 0
            while end < last, end == next || bytes + texts[end].utf8.count <= Self.idlePortion.bytes {
                bytes += texts[end].utf8.count
                end += 1
            }
            try await Activity.wait { urgent.load(ordering: .relaxed) > 0 }
            let portion = Array(texts[next..<end])
            vectors += try await onThread { context, cancel throws(InferenceError) in
                try context.embed(portion, cancel: cancel)
            }.vectors
            next = end
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
        urgent.add(1, ordering: .relaxed)
        defer { urgent.subtract(1, ordering: .relaxed) }
        return try await onThread { context, cancel throws(InferenceError) in
            try context.embed(texts, cancel: cancel)
        }
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
    package static func reranker(
        modelPath: String, threads: Int? = nil, admission: ModelAdmission? = nil
    ) -> EmbeddingEngine {
        EmbeddingEngine(
            modelPath: modelPath, threads: threads, activity: Activity(), purpose: .scores, admission: admission)
    }

    package func scores(of texts: [String], for query: String) async throws -> [Float] {
        try await onThread { context, cancel throws(InferenceError) in
            try context.scores(of: texts, for: query, cancel: cancel)
        }
    }
}
