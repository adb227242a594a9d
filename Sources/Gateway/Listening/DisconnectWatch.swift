import NIOCore
import NIOHTTPTypes
import Synchronization

/// Knows whether a connection's client is still there.
///
/// Hummingbird's own `consumeWithCancellationOnInboundClose` ends the connection with the request; this leaves it to the
/// next one. A client that closes only its sending half is taken for gone, as there.
final class DisconnectWatch: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPRequestPart

    private enum State {
        /// Who wants to be told, by a number.
        case open([Int: AsyncStream<Never>.Continuation])
        case closed
    }

    private let state = Mutex(State.open([:]))

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { close() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        close()
        context.fireChannelInactive()
    }

    private func close() {
        let waiting = state.withLock { state -> [AsyncStream<Never>.Continuation] in
            guard case .open(let waiting) = state else { return [] }
            state = .closed
            return Array(waiting.values)
        }
        // Outside the lock: what finishing wakes may come back here.
        for continuation in waiting { continuation.finish() }
    }

    /// Returns when the client has gone, or the task is cancelled.
    func wait() async {
        let (closed, continuation) = AsyncStream<Never>.makeStream()
        let number = state.withLock { state -> Int? in
            guard case .open(var waiting) = state else { return nil }
            let number = (waiting.keys.max() ?? 0) + 1
            waiting[number] = continuation
            state = .open(waiting)
            return number
        }
        guard let number else { return }
        for await _ in closed {}
        state.withLock { state in
            guard case .open(var waiting) = state else { return }
            waiting[number] = nil
            state = .open(waiting)
        }
    }

    /// Does something that ends when the client goes.
    ///
    /// - Throws: `CancellationError` where it went; what the operation throws.
    func cancelling<Value: Sendable>(
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await operation() }
            group.addTask {
                await self.wait()
                return nil
            }
            guard let done = try await group.next(), let value = done else { throw CancellationError() }
            return value
        }
    }
}
