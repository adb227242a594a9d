import Core
import Synchronization

/// An error as a part that the gateway does not know throws it.
struct ScriptedError: SquireError {
    var kind: FailureCode
    var failureClass = FailureClass.failed
    var message: String
}

/// A model that says what a test wants, and remembers what it was asked.
final class ScriptedModel: TokenModel {
    struct Script: Sendable {
        var events: [GenerationEvent] = [
            .text("Hello"), .text(" there"),
            .finished(reason: .stop, usage: Usage(promptTokens: 12, cachedTokens: 4, completionTokens: 2)),
        ]
        /// Thrown after the events.
        var error: ScriptedError?
        /// Whether it goes on without an end after the events, until it is cancelled.
        var isEndless = false
    }

    private struct Seen {
        /// Events of the generations to come; then those of the script.
        var drafts: [[GenerationEvent]] = []
        var requests: [GenerationRequest] = []
        var rendered: [[ChatMessage]] = []
    }

    private let script: Script
    private let seen = Mutex(Seen())
    private let (ends, end) = AsyncStream<Void>.makeStream()

    init(_ script: Script = Script()) {
        self.script = script
    }

    convenience init(saying texts: [String], reason: FinishReason = .stop) {
        self.init(
            Script(
                events: texts.map { .text($0) } + [
                    .finished(
                        reason: reason,
                        usage: Usage(promptTokens: 12, cachedTokens: 4, completionTokens: texts.count))
                ]))
    }

    /// A model that says one text after the other.
    convenience init(drafts: [String], reason: FinishReason = .stop) {
        self.init()
        seen.withLock { seen in
            seen.drafts = drafts.map {
                [.text($0), .finished(reason: reason, usage: Usage(promptTokens: 12, completionTokens: 3))]
            }
        }
    }

    var requests: [GenerationRequest] { seen.withLock { $0.requests } }
    var rendered: [[ChatMessage]] { seen.withLock { $0.rendered } }

    /// Waits until a generation was cancelled.
    ///
    /// - Returns: whether one was: not where the waiting itself ended first.
    @discardableResult
    func waitForCancellation() async -> Bool {
        for await _ in ends { return true }
        return false
    }

    func render(_ messages: [ChatMessage]) async throws -> Prompt {
        seen.withLock { $0.rendered.append(messages) }
        return Prompt(messages.flatMap { [.template("<\($0.role.rawValue)>"), .text($0.content)] })
    }

    func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
        let draft = seen.withLock { seen in
            seen.requests.append(request)
            return seen.drafts.isEmpty ? nil : seen.drafts.removeFirst()
        }
        return AsyncThrowingStream { stream in
            for event in draft ?? script.events { stream.yield(event) }
            stream.onTermination = { [end] reason in
                if case .cancelled = reason { end.yield() }
            }
            if let error = script.error {
                stream.finish(throwing: error)
            } else if !script.isEndless {
                stream.finish()
            }
        }
    }

    func textWhenIdle(_ request: GenerationRequest) async throws -> (text: String, usage: Usage) {
        try await text(request)
    }

    func logProbabilities(
        of alternatives: [String], after prompt: Prompt
    ) async throws -> (scores: [AlternativeScore], usage: Usage) { ([], Usage()) }

    func tokenize(_ text: String, special: Bool) async throws -> [TokenPiece] {
        text.utf8.map { TokenPiece(token: Int32($0), bytes: [$0]) }
    }

    func tokenCount(of prompt: Prompt) async throws -> Int { 0 }

    func describe() async throws -> ModelDescription {
        throw ScriptedError(kind: "modelMissing", failureClass: .unavailable, message: "there is no model")
    }

    func infillPrompt(prefix: String, suffix: String) async throws -> Prompt {
        Prompt([.template("<prefix>"), .text(prefix), .template("<suffix>"), .text(suffix)])
    }
}

/// Gives a text the vector (its length, 0.5).
struct ScriptedEmbedder: Embedder {
    func embed(_ texts: [String]) async throws -> [[Float]] { texts.map { [Float($0.count), 0.5] } }

    func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] { try await embed(texts) }

    func tokenCounts(of texts: [String]) async throws -> [Int] { texts.map { $0.split(separator: " ").count } }

    func mostTokens() async throws -> Int? { 512 }
}

/// Plans the calls a test wants, and remembers what it was asked.
final class ScriptedCaller: ChatModel {
    private let planned: [PlannedCall]
    private let text: String?
    private let reason: FinishReason
    private let seen = Mutex<[ModelRequest]>([])

    /// - Parameter text: what is said beside the calls, or in their place.
    init(_ planned: [PlannedCall] = [], text: String? = nil, reason: FinishReason = .stop) {
        self.planned = planned
        self.text = text
        self.reason = reason
    }

    var requests: [ModelRequest] { seen.withLock { $0 } }

    func card() -> ModelCard { ModelCard(speaks: true) }

    func tokenCount(of dialog: [DialogItem], tools: [Tool]) -> Int { 0 }

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        seen.withLock { $0.append(request) }
        let reply = ChatReply(
            calls: planned, text: text, reason: reason,
            usage: Usage(promptTokens: 30, cachedTokens: 10, completionTokens: 5))
        return ChatReply.stream { _ in reply }
    }
}

/// Answers from results what a test wants, and remembers what it was asked.
final class ScriptedResults: ResultAnswering {
    private let text: String
    private let seen = Mutex<[(messages: [ChatMessage], results: [MadeCall])]>([])

    init(_ text: String) {
        self.text = text
    }

    var requests: [(messages: [ChatMessage], results: [MadeCall])] { seen.withLock { $0 } }

    func answer(
        _ messages: [ChatMessage], from results: [MadeCall]
    ) async throws -> (text: String, usage: Usage) {
        seen.withLock { $0.append((messages, results)) }
        return (text, Usage(promptTokens: 40, cachedTokens: 0, completionTokens: 7))
    }
}
