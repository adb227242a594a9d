import JSONRPC
import SquireProtocol

/// Sends a request's `assistant/event` notifications in their order, without making the work wait for the asker to read
/// them.
struct EventSender: Sendable {
    private let request: RPCID
    private let events: AsyncStream<AskEvent>.Continuation

    /// Sends what `body` gives it, then `done`; when this returns or throws, all of it is written, and so before the
    /// answer.
    ///
    /// - Parameter isWanted: otherwise nothing is sent at all.
    static func withSender<Result: Sendable>(
        to context: RPCContext, isWanted: Bool = true, _ body: (EventSender) async throws -> Result
    ) async throws -> Result {
        let (events, continuation) = AsyncStream.makeStream(of: AskEvent.self)
        // Not a child task: what was made before the work was cancelled is sent.
        let sending = Task {
            for await event in events {
                guard isWanted else { continue }
                // Fails when the connection is gone: the work is cancelled then, and nobody reads.
                do { try await context.notify(Method.event, event) } catch { return }
            }
        }
        let sender = EventSender(request: context.id, events: continuation)
        func end() async {
            sender.send(.done)
            continuation.finish()
            await sending.value
        }
        do {
            let result = try await body(sender)
            await end()
            return result
        } catch {
            await end()
            throw error
        }
    }

    func send(_ kind: AskEvent.Kind, _ fill: (inout AskEvent) -> Void = { _ in }) {
        var event = AskEvent(request: request.value, type: kind)
        fill(&event)
        events.yield(event)
    }
}
