import JSONRPC
import SquireProtocol

/// Sends a request's `assistant/event` notifications in their order, without making the work wait for the asker to read
/// them. Used by one task at a time.
struct EventSender: Sendable {
    private let context: RPCContext
    private let isWanted: Bool

    /// Sends what `body` gives it, then `done`: all of it goes out before the answer.
    ///
    /// - Parameter isWanted: otherwise nothing is sent at all.
    static func withSender<Result: Sendable>(
        to context: RPCContext, isWanted: Bool = true, _ body: (EventSender) async throws -> Result
    ) async throws -> Result {
        let sender = EventSender(context: context, isWanted: isWanted)
        defer { sender.send(.done) }
        return try await body(sender)
    }

    func send(_ kind: AskEvent.Kind, _ fill: (inout AskEvent) -> Void = { _ in }) {
        guard isWanted else { return }
        var event = AskEvent(request: context.id.value, type: kind)
        fill(&event)
        // One that is too long for a line is left out: the answer says the same.
        try? context.post(Method.event, event)
    }
}
