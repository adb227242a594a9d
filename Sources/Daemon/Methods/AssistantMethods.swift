import Agent
import Core
import Foundation
import JSONRPC
import SquireProtocol
import Synchronization

/// `assistant/ask`.
struct AssistantMethods: Sendable {
    let assistant: Assistant
    let answers: RunningAnswers

    func add(to router: inout RPCRouter) {
        router.on(AssistantAsk.self) { parameters, context in
            try await ask(parameters, context: context)
        }
    }

    /// Somebody may have to come back to the screen first.
    private static let approvalTime = Duration.seconds(600)

    // Off the connection's thread: rendering and searching compute before they first wait.
    @concurrent
    private func ask(_ parameters: AssistantAsk.Parameters, context: RPCContext) async throws -> AssistantAsk.Result {
        let question = Assistant.Question(
            message: parameters.message, conversation: parameters.conversation, parent: parameters.parent,
            persona: parameters.persona, plugins: parameters.plugins.map(NameSelection.init) ?? .auto,
            collections: parameters.collections.map(NameSelection.init) ?? .auto,
            sampling: parameters.sampling.map(Sampling.init), maxSteps: parameters.maxSteps,
            timeZone: try parameters.timeZone.map(Self.timeZone))
        let sendsTokens = parameters.stream ?? true
        let trace = parameters.trace == true ? Trace() : nil
        return try await Trace.$current.withValue(trace) {
            try await answers.run {
                let note = Note()
                let answer = try await EventSender.withSender(to: context) { sender in
                    try await assistant.ask(question, approve: { try await Self.decision(on: $0, of: context) }) {
                        event in
                        if case .token = event, !sendsTokens { return }
                        note.take(event)
                        sender.send(event)
                    }
                }
                // A cut answer is stored either way. Who cut it himself is told so; who did not gets what there is.
                if answer.message.finishReason == .cancelled, !answers.isStopping { throw CancellationError() }
                return AssistantAsk.Result(
                    conversation: answer.conversation, message: WireMessage(answer.message), note: note.text,
                    trace: trace?.entries.map(AssistantAsk.TraceEntry.init))
            }
        }
    }

    private static func timeZone(_ name: String) throws -> TimeZone {
        guard let zone = TimeZone(identifier: name) else {
            throw RPCError.invalidParameters(
                AssistantAsk.self, "timeZone must be an IANA name such as Europe/Berlin, not \"\(name)\"")
        }
        return zone
    }

    private static func decision(on request: ApprovalRequest, of context: RPCContext) async throws -> ApprovalAnswer {
        let parameters = ToolApprove.Parameters(
            request: context.id.value, plugin: request.plugin, title: request.title, operation: request.operation,
            method: request.method, server: request.server, path: request.path, arguments: request.arguments,
            reason: request.reason)
        let result = try await context.call(ToolApprove.self, parameters, timeout: approvalTime)
        return ApprovalAnswer(ApprovalDecision(result.decision), expires: result.expires)
    }
}

/// What should be known of how an answer was made.
private final class Note: Sendable {
    private let progress = Mutex<IndexProgress?>(nil)

    func take(_ event: Assistant.Event) {
        if case .indexing(let indexed) = event { progress.withLock { $0 = indexed } }
    }

    var text: String? {
        progress.withLock { $0?.sentence() }
    }
}

extension EventSender {
    fileprivate func send(_ event: Assistant.Event) {
        switch event {
        case .queued(let position): send(.queued) { $0.position = position }
        case .token(let text): send(.token) { $0.text = text }
        case .toolCall(let step): send(.toolCall) { $0.step = WireStep(step) }
        case .toolResult(let step): send(.toolResult) { $0.step = WireStep(step) }
        case .passages(let citations): send(.passages) { $0.citations = citations.map(WireCitation.init) }
        case .indexing(let progress):
            send(.progress) {
                $0.text = "indexing operations, which are found by their words until then"
                $0.done = progress.done
                $0.total = progress.total
            }
        case .reading(let done, let total):
            send(.progress) {
                $0.text = Assistant.readingText
                $0.done = done
                $0.total = total
            }
        }
    }
}

extension AssistantAsk.TraceEntry {
    fileprivate init(_ entry: TraceEntry) {
        self.init(
            stage: entry.stage, prompt: entry.prompt,
            candidates: entry.candidates?.map { Candidate(text: $0.text, score: $0.score) }, output: entry.output,
            seconds: entry.seconds)
    }
}

extension ApprovalDecision {
    fileprivate init(_ decision: ToolApprove.Decision) {
        self =
            switch decision {
            case .allow: .allow
            case .deny: .deny
            case .always: .always
            }
    }
}
