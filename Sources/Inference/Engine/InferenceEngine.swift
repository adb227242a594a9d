package import Core
import Dispatch
import Foundation
import Grammar
import Synchronization

/// Hosts one chat model on a thread of its own and answers many requests at once.
package final class InferenceEngine: TokenModel {
    package enum LoadState: Sendable, Hashable {
        case loading
        case ready(seconds: Double)
        case failed(String)
    }

    package let modelPath: String
    /// Whether answers are being computed; idle work waits for it.
    private let activity: Activity
    private let loading = Loading<Loaded>()
    private let thread: OwnerThread<BatchScheduler>
    private let queue: RequestQueue
    /// Makes tokens of prompts, one after another so that requests keep their order: the engine's thread has better to
    /// do than to read megabytes that turn out not to fit.
    private let preparing = DispatchQueue(label: "squire.prompts")

    private struct Loaded: Sendable {
        var model: Model
        /// Made once: questions ask for it many times, and metadata may be long.
        var description: ModelDescription
        var seconds: Double
    }

    /// Where beginnings are kept across restarts.
    package struct PrefixFolder: Sendable {
        package var path: String
        /// Of all files together.
        package var byteLimit: Int

        package init(path: String, byteLimit: Int = 512 << 20) {
            self.path = path
            self.byteLimit = byteLimit
        }
    }

    /// Begins to load the model and returns at once; requests wait for it.
    ///
    /// - Parameters:
    ///   - weights: a file to load in place of the model's own, which it was made of.
    ///   - queueLimit: the most requests that may wait.
    ///   - prefixes: nil keeps nothing across restarts.
    ///   - activity: told whether answers are being computed.
    ///   - admission: decides whether the file is loaded; nil loads any.
    package init(
        modelPath: String, weights: String? = nil, settings: ContextSettings = ContextSettings(), queueLimit: Int = 64,
        prefixes: PrefixFolder? = nil, activity: Activity = Activity(), admission: ModelAdmission? = nil
    ) {
        self.modelPath = modelPath
        self.activity = activity
        queue = RequestQueue(limit: queueLimit, places: settings.parallel)
        let mail = Mail()
        let work = OwnerThread<BatchScheduler>.Work(
            step: { $0.step() },
            finish: {
                $0.stop(with: InferenceError(.stopped, "the daemon is stopping; ask again when it is back"))
            })
        thread = OwnerThread(name: "inference", work: work) {
            [loading, queue, activity] () throws(InferenceError) in
            do throws(InferenceError) {
                let start = ContinuousClock.now
                let model = try Model(path: weights ?? modelPath, for: .chat, admission)
                let store = prefixes.map { folder in
                    PrefixStore(folder: folder.path, byteLimit: folder.byteLimit) {
                        try Fingerprint.make(modelPath: weights ?? modelPath, settings: settings)
                    }
                }
                let scheduler = try BatchScheduler(
                    model: model, settings: settings, store: store, activity: activity,
                    onRun: { queue.setRunning($1, $0) }, wake: { mail.send($0) })
                // What was kept is worth a moment's wait: the first question may begin with it.
                store?.waitUntilRead(atMost: Self.mostWaitForStore)
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                let description = model.description(context: scheduler.contextSize)
                loading.finish(.success(Loaded(model: model, description: description, seconds: seconds)))
                return scheduler
            } catch {
                loading.finish(.failure(error))
                throw error
            }
        }
        mail.open(thread)
    }

    private static let mostWaitForStore = 1.0

    /// Cuts what is generated, fails what waits, keeps the beginnings that are worth it, and frees the model.
    package func stop() async {
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

    // MARK: The model

    package func describe() async throws -> ModelDescription {
        try await loading.value().description
    }

    package func tokenize(_ text: String, special: Bool) async throws -> [TokenPiece] {
        let model = try await loading.value().model
        return model.tokens(of: text, special: special).map { TokenPiece(token: $0, bytes: model.bytes(of: $0)) }
    }

    package func render(_ messages: [ChatMessage]) async throws -> Prompt {
        try await loading.value().model.render(messages)
    }

    package func tokenCount(of prompt: Prompt) async throws -> Int {
        let loaded = try await loading.value()
        return loaded.model.tokenCount(of: prompt, room: loaded.description.context)
    }

    package func infillPrompt(prefix: String, suffix: String) async throws -> Prompt {
        try await loading.value().model.infillPrompt(prefix: prefix, suffix: suffix)
    }

    // MARK: Requests

    package func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
        AsyncThrowingStream { stream in
            let cancel = CancelFlag()
            do {
                let constraint = try request.constraint.map { ($0, try CompiledGrammar($0)) }
                let submitted = try submit(
                    request.prompt, conversation: request.conversation, cancel: cancel,
                    moved: { stream.yield(.queued(position: $0)) },
                    failed: { stream.finish(throwing: $0) }
                ) { item, scheduler throws(InferenceError) in
                    try scheduler.begin(item, request, constraint) { event in
                        stream.yield(event)
                        if case .finished = event { stream.finish() }
                    }
                }
                stream.onTermination = { reason in
                    guard case .cancelled = reason else { return }
                    cancel.set()
                    submitted()
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
        let cancelled = try submit(
            prompt, conversation: nil, cancel: cancel, moved: { _ in }, failed: { answer.finish(.failure($0)) }
        ) { item, scheduler throws(InferenceError) in
            try scheduler.begin(item, scoring: alternatives, after: prompt) { answer.finish($0) }
        }
        return try await withTaskCancellationHandler {
            try await answer.value()
        } onCancel: {
            cancel.set()
            cancelled()
        }
    }

    /// Puts a request in the queue.
    ///
    /// - Parameter failed: called when it ends with an error.
    /// - Returns: what to call once it was cancelled, so that its place is free at the next step.
    /// - Throws: `queueFull`.
    private func submit(
        _ prompt: Prompt, conversation: String?, cancel: CancelFlag, moved: @escaping @Sendable (Int) -> Void,
        failed: @escaping @Sendable (InferenceError) -> Void,
        start: @escaping @Sendable (EngineRequest, inout BatchScheduler) throws(InferenceError) -> Void
    ) throws(InferenceError) -> @Sendable () -> Void {
        let ticket = try queue.join(moved: moved)
        let request = EngineRequest(
            ticket: ticket, conversation: conversation ?? "#\(ticket)", isTail: conversation != nil, cancel: cancel,
            leave: { [queue] in queue.leave(ticket) }, failed: failed, start: start)
        preparing.async { [loading, thread] in
            // While the model is loading nothing runs that would have to wait.
            if !cancel.isSet, case .success(let loaded) = loading.result {
                let room = loaded.description.context
                let bytes = prompt.undroppableBytes
                guard !loaded.model.isTooLong(bytes: bytes, for: room) else {
                    return request.end(
                        with: InferenceError(.promptTooLong, TooLong.sentence(tokens: bytes / 4, room: room)))
                }
                request.prepared = loaded.model.tokens(of: prompt)
            }
            thread.submit(OwnerThread.Job(run: { $0.submit(request) }, fail: { request.end(with: $0) }))
        }
        return { [queue, thread] in
            queue.leave(ticket)
            // The thread may be waiting for something to do.
            thread.submit(OwnerThread.Job(run: { _ in }, fail: { _ in }))
        }
    }
}

/// Lets the scheduler, which its thread makes, send jobs to that thread.
private final class Mail: Sendable {
    private let thread = Mutex<OwnerThread<BatchScheduler>?>(nil)

    func open(_ thread: OwnerThread<BatchScheduler>) {
        self.thread.withLock { $0 = thread }
    }

    func send(_ run: @escaping @Sendable (inout BatchScheduler) -> Void) {
        thread.withLock { $0 }?.submit(OwnerThread.Job(run: run, fail: { _ in }))
    }
}

extension Prompt {
    /// The bytes of what stands before the first turn and of the last turn: where there is no room, only turns between them
    /// are left out.
    fileprivate var undroppableBytes: Int {
        let (first, last) = (turnStarts.first ?? segments.count, turnStarts.last ?? segments.count)
        return (segments[..<first] + segments[last...]).reduce(0) { $0 + $1.content.utf8.count }
    }
}
