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
        router.on(Method.ask) { (parameters: AskParameters, context) in
            try await ask(parameters, context: context)
        }
    }

    /// Somebody may have to come back to the screen first.
    private static let approvalTime = Duration.seconds(600)

    // Off the connection's thread: rendering and searching compute before they first wait.
    @concurrent
    private func ask(_ parameters: AskParameters, context: RPCContext) async throws -> AskResult {
        let question = Assistant.Question(
            message: parameters.message, conversation: parameters.conversation, parent: parameters.parent,
            persona: parameters.persona, plugins: parameters.plugins ?? .auto,
            collections: parameters.collections ?? .auto,
            sampling: parameters.sampling, maxSteps: parameters.maxSteps,
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
                return AskResult(
                    conversation: answer.conversation, message: answer.message, note: note.text,
                    trace: trace?.entries)
            }
        }
    }

    private static func timeZone(_ name: String) throws -> TimeZone {
        guard let zone = TimeZone(identifier: name) else {
            throw RPCError.invalidParameters(
                Method.ask, "timeZone must be an IANA name such as Europe/Berlin, not \"\(name)\"")
        }
        return zone
    }

    private static func decision(on request: ApprovalRequest, of context: RPCContext) async throws -> ApprovalAnswer {
        let parameters = ToolApproveParameters(
            request: context.id.value, plugin: request.plugin, title: request.title, operation: request.operation,
            method: request.method, server: request.server, path: request.path, arguments: request.arguments,
            reason: request.reason)
        let result = try await context.call(
            Method.toolApprove, parameters, timeout: approvalTime, as: ToolApproveResult.self)
        return ApprovalAnswer(result.decision, expires: result.expires)
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
        case .toolCall(let step): send(.toolCall) { $0.step = step }
        case .toolResult(let step): send(.toolResult) { $0.step = step }
        case .passages(let citations): send(.passages) { $0.citations = citations }
        case .indexing(let progress):
            send(.progress) {
                $0.text = "indexing operations"
                $0.done = progress.done
                $0.total = progress.total
            }
        }
    }
}
