package import Core
import Dispatch
import Foundation
import Synchronization

/// Hosts one chat model on a thread of its own and answers requests in the order they came.
package final class InferenceEngine: LanguageModel {
    package enum LoadState: Sendable, Hashable {
        case loading
        case ready(seconds: Double)
        case failed(String)
    }

    package let modelPath: String
    private let contextSizeLimit: Int
    private let loading = Loading<Loaded>()
    private let thread: OwnerThread<ModelContext>
    private let queue: RequestQueue
    private let running = Mutex<[Int: CancelFlag]>([:])

    private struct Loaded: Sendable {
        var model: Model
        var contextSize: Int
        var seconds: Double
    }

    /// Begins to load the model and returns at once; requests wait for it.
    ///
    /// - Parameters:
    ///   - contextSize: the most tokens of prompt and answer together.
    ///   - threads: for computing; nil takes all cores.
    ///   - queueLimit: the most requests that may wait.
    package init(modelPath: String, contextSize: Int = 4096, threads: Int? = nil, queueLimit: Int = 64) {
        self.modelPath = modelPath
        contextSizeLimit = contextSize
        queue = RequestQueue(limit: queueLimit)
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        thread = OwnerThread(name: "inference") { [loading] () throws(InferenceError) in
            do throws(InferenceError) {
                let start = ContinuousClock.now
                let model = try Model(path: modelPath)
                let context = try ModelContext(model: model, size: contextSize, threads: threads)
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                loading.finish(.success(Loaded(model: model, contextSize: context.size, seconds: seconds)))
                return context
            } catch {
                loading.finish(.failure(error))
                throw error
            }
        }
    }

    /// Cuts what is generated, fails what waits, and frees the model.
    package func stop() async {
        for flag in running.withLock({ Array($0.values) }) { flag.set() }
        await thread.stop()
    }

    package var loadState: LoadState {
        switch loading.result {
        case nil: .loading
        case .success(let loaded): .ready(seconds: loaded.seconds)
        case .failure(let error): .failed(error.message)
        }
    }

    /// The bytes of the model's tensors; 0 while it is not loaded.
    package var modelBytes: Int {
        if case .success(let loaded) = loading.result { loaded.model.tensorBytes } else { 0 }
    }

    /// Requests the model works on, those that wait, and the most that may wait.
    package var queueCounts: (running: Int, waiting: Int, limit: Int) {
        (queue.counts.running, queue.counts.waiting, queue.limit)
    }

    package func describe() async throws -> ModelDescription {
        try await loading.value().model.description
    }

    /// The tokens of a text, each with its bytes.
    ///
    /// - Parameter special: whether control tokens written out in the text are read as such.
    package func tokenize(_ text: String, special: Bool) async throws -> [(token: Token, bytes: [UInt8])] {
        let model = try await loading.value().model
        return model.tokens(of: text, special: special).map { token in
            var bytes: [UInt8] = []
            model.appendBytes(of: token, to: &bytes)
            return (token, bytes)
        }
    }

    package func render(_ messages: [ChatMessage]) async throws -> Prompt {
        try await loading.value().model.render(messages)
    }

    package func tokenCount(of prompt: Prompt) async throws -> Int {
        try await loading.value().model.tokens(of: prompt).count
    }

    package func contextSize() async throws -> Int {
        try await loading.value().contextSize
    }

    package func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
        AsyncThrowingStream { stream in
            let cancel = CancelFlag()
            do {
                let leave = try submit(cancel, moved: { stream.yield(.queued(position: $0)) }) { context in
                    do throws(InferenceError) {
                        try context.generate(request, cancel: cancel) { stream.yield($0) }
                        stream.finish()
                    } catch {
                        stream.finish(throwing: error)
                    }
                } fail: {
                    stream.finish(throwing: $0)
                }
                stream.onTermination = { reason in
                    guard case .cancelled = reason else { return }
                    cancel.set()
                    leave()
                }
            } catch {
                stream.finish(throwing: error)
            }
        }
    }

    package func logProbabilities(of alternatives: [String], after prompt: Prompt) async throws -> (
        scores: [AlternativeScore], usage: Usage
    ) {
        let cancel = CancelFlag()
        let answer = Loading<(scores: [AlternativeScore], usage: Usage)>()
        let leave = try submit(cancel, moved: { _ in }) { context in
            do throws(InferenceError) {
                answer.finish(.success(try context.score(alternatives, after: prompt, cancel: cancel)))
            } catch {
                answer.finish(.failure(error))
            }
        } fail: {
            answer.finish(.failure($0))
        }
        return try await withTaskCancellationHandler {
            try await answer.value()
        } onCancel: {
            cancel.set()
            leave()
        }
    }

    /// Puts a job in the queue.
    ///
    /// - Returns: what takes it out again before its turn.
    /// - Throws: `queueFull`.
    private func submit(
        _ cancel: CancelFlag, moved: @escaping @Sendable (Int) -> Void,
        run: @escaping @Sendable (inout ModelContext) -> Void, fail: @escaping @Sendable (InferenceError) -> Void
    ) throws(InferenceError) -> @Sendable () -> Void {
        let ticket = try queue.join(moved: moved)
        running.withLock { $0[ticket] = cancel }
        let leave: @Sendable () -> Void = { [queue, running = Weak(self)] in
            queue.leave(ticket)
            running.object?.forget(ticket)
        }
        thread.submit(
            OwnerThread.Job(
                run: { [queue] context in
                    queue.start(ticket)
                    // Whoever asked has gone, and was told so.
                    if !cancel.isSet { run(&context) }
                    leave()
                },
                fail: {
                    leave()
                    fail($0)
                }))
        return leave
    }

    private func forget(_ ticket: Int) {
        running.withLock { $0[ticket] = nil }
    }
}

/// The job outlives neither the queue nor the thread, but must not keep the engine alive.
private struct Weak: Sendable {
    weak var object: InferenceEngine?
    init(_ object: InferenceEngine) { self.object = object }
}
