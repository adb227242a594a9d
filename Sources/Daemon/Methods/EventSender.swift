import JSONRPC
import SquireProtocol
import Synchronization

/// Sends a request's `assistant/event` notifications, without making the work wait for the asker to read them. Tasks that
/// work beside each other may use it: events go out one at a time, those of one task in their order, and none after `done`.
struct EventSender: Sendable {
    private let context: RPCContext
    private let isWanted: Bool
    private let state: State

    /// Whether `done` has been sent. The lock is held while an event is handed to the connection, which never waits: the
    /// order in which events are handed over is that in which they are sent.
    private final class State: Sendable {
        let isDone = Mutex(false)
    }

    /// Sends what `body` gives it, then `done`: all of it goes out before the answer.
    ///
    /// - Parameter isWanted: otherwise nothing is sent at all.
    static func withSender<Result: Sendable>(
        to context: RPCContext, isWanted: Bool = true, _ body: (EventSender) async throws -> Result
    ) async throws -> Result {
        let sender = EventSender(context: context, isWanted: isWanted, state: State())
        defer { sender.send(.done) }
        return try await body(sender)
    }

    func send(_ kind: AssistantEvent.Parameters.Kind, _ fill: (inout AssistantEvent.Parameters) -> Void = { _ in }) {
        guard isWanted else { return }
        var event = AssistantEvent.Parameters(request: context.id.value, type: kind)
        fill(&event)
        state.isDone.withLock { isDone in
            guard !isDone else { return }
            isDone = kind == .done
            // One that is too long for a line is left out: the answer says the same.
            try? context.post(AssistantEvent.self, event)
        }
    }
}
