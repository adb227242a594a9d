import Core
import Synchronization

/// A piece of an answer that is being made.
enum AnswerEvent: Sendable {
    /// It has to wait.
    case queued
    /// So many whole turns of the conversation were left out.
    case dropped(turns: Int)
    /// What the client should know of how the answer comes about.
    case warning(String)
    case text(String)
    case logProbabilities(TokenLogProbabilities)
    /// Nothing follows.
    case finished(FinishReason, Usage, [Citation])

    init(_ event: GenerationEvent) {
        switch event {
        case .queued: self = .queued
        case .dropped(let turns): self = .dropped(turns: turns)
        case .text(let text): self = .text(text)
        case .logProbabilities(let token): self = .logProbabilities(token)
        case .finished(let reason, let usage): self = .finished(reason, usage, [])
        }
    }

    var isLast: Bool {
        if case .finished = self { true } else { false }
    }
}

/// One answer that is being made. Dropping it cancels the making.
struct AnswerStream: Sendable {
    /// Waits for the next piece; one caller at a time. Nil where the making was cancelled.
    let next: @Sendable () async throws -> AnswerEvent?

    init(_ events: AsyncThrowingStream<GenerationEvent, any Error>) {
        next = {
            // Iterators of one stream take from the same pieces.
            var iterator = events.makeAsyncIterator()
            return try await iterator.next().map(AnswerEvent.init)
        }
    }

    /// A text that is whole already.
    ///
    /// - Parameter usage: what it took, where that was not told elsewhere.
    init(text: String, reason: FinishReason, usage: Usage = Usage()) {
        let events = AsyncStream<AnswerEvent> { continuation in
            if !text.isEmpty { continuation.yield(.text(text)) }
            continuation.yield(.finished(reason, usage, []))
            continuation.finish()
        }
        next = {
            var iterator = events.makeAsyncIterator()
            return await iterator.next()
        }
    }

    init(_ assistant: any AssistantAsking, _ question: AssistantQuestion) {
        self.init { emit in
            let sent = SentText()
            let answer = try await assistant.ask(question) { piece in
                switch piece {
                case .warning(let text): emit(.warning(text))
                case .text(let text):
                    sent.add(text)
                    emit(.text(text))
                }
            }
            let rest = sent.rest(of: answer.text)
            if !rest.isEmpty { emit(.text(rest)) }
            emit(.finished(answer.finishReason, answer.usage, answer.citations))
        }
    }

    /// What a function emits, which runs in a task of its own.
    init(_ make: @escaping @Sendable (_ emit: @escaping @Sendable (AnswerEvent) -> Void) async throws -> Void) {
        let events = AsyncThrowingStream<AnswerEvent, any Error> { continuation in
            let task = Task {
                do {
                    try await make { continuation.yield($0) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
        next = {
            var iterator = events.makeAsyncIterator()
            return try await iterator.next()
        }
    }
}

/// How much of an answer has been handed on.
private final class SentText: Sendable {
    private let text = Mutex("")

    func add(_ more: String) {
        text.withLock { $0 += more }
    }

    /// What of the whole was not handed on.
    func rest(of whole: String) -> String {
        let sent = text.withLock { $0 }
        guard whole.utf8.starts(with: sent.utf8) else { return "" }
        return String(decoding: whole.utf8.dropFirst(sent.utf8.count), as: UTF8.self)
    }
}
