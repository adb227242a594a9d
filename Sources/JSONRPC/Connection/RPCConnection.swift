package import Core
import Logging
import NIOCore
import Synchronization

/// One end of a connection. Both ends may call, notify and be asked; everything ends with the connection.
package final class RPCConnection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<ConnectionHandler>
    private let flow: OutboundFlow
    private let limits: RPCLimits
    private let lastID = Atomic(0)

    /// Adds a connection to a channel whose event loop this runs on.
    static func add(
        to channel: any Channel, rpc: any RPCHandler, limits: RPCLimits, logger: Logger,
        place: ConnectionPlace? = nil
    ) throws -> RPCConnection {
        let flow = OutboundFlow(limits: limits)
        let handler = ConnectionHandler(rpc: rpc, limits: limits, flow: flow, logger: logger, place: place)
        let connection = RPCConnection(
            channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop), flow: flow, limits: limits)
        handler.connection = connection
        try channel.pipeline.syncOperations.addHandler(handler)
        return connection
    }

    private init(
        channel: any Channel, handler: NIOLoopBound<ConnectionHandler>, flow: OutboundFlow, limits: RPCLimits
    ) {
        self.channel = channel
        self.handler = handler
        self.flow = flow
        self.limits = limits
    }

    /// Who is at the other end.
    ///
    /// - Throws: where the connection is closed already.
    package func peer() async throws -> Peer {
        try await Peer.of(channel).get()
    }

    /// A new `id` for a call, for callers that must know it before the call is answered.
    package func makeID() -> RPCID {
        .integer(lastID.add(1, ordering: .relaxed).newValue)
    }

    /// Calls a method of the other end and waits for the result. When the task is cancelled the other end is told
    /// with `$/cancelRequest`, and its answer is waited for a moment (`RPCLimits.cancellation`), so that what it had
    /// to finish is finished.
    ///
    /// - Parameters:
    ///   - id: from `makeID`; a new one where nil.
    ///   - timeout: how long the answer may take; nil waits as long as the connection stands.
    /// - Throws: `RPCError` with which the other end answered; `CancellationError`; `RPCConnectionError` (`closed`,
    ///   `timedOut`, `messageTooLong`, `answerUnexpected`); `EncodingError`.
    package func call<Method: RPCMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters, id: RPCID? = nil, timeout: Duration? = nil
    ) async throws -> Method.Result {
        let id = id ?? makeID()
        let answer = try await answer(to: Method.name, parameters, id: id, timeout: timeout)
        do {
            return try Method.Result(decoding: answer)
        } catch let error as DecodingError {
            throw RPCConnectionError(
                .answerUnexpected,
                "The answer to \(Method.name) is not what was expected (\(error.explanation)). Both ends must be of the same version.",
                cause: error
            )
        }
    }

    /// Calls a method by its name, with parameters and a result as they stand in the messages: for a caller that is given the
    /// name. Otherwise as the call by type.
    ///
    /// - Parameter parameters: an object or an array.
    package func call(_ method: String, _ parameters: JSONValue) async throws -> JSONValue {
        try await answer(to: method, parameters, id: makeID(), timeout: nil)
    }

    /// Sends a notification; those of one task arrive in their order. Waits while the other end does not read.
    ///
    /// - Throws: `RPCConnectionError.closed`, `messageTooLong`; `CancellationError` while it waits; `EncodingError`.
    package func notify<Method: RPCNotificationMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters
    ) async throws {
        let line = try OutgoingMessage.call(id: nil, method: Method.name, params: parameters, limit: limits.lineBytes)
        try await flow.addWhenWritable(line.readableBytes)
        onLoop { $0.writeCounted(line) }
    }

    /// Sends a notification without waiting for anything, for what comes often and is small: those of one thread arrive in
    /// their order. A connection whose other end does not read is closed when too many bytes wait.
    ///
    /// - Throws: `RPCConnectionError.messageTooLong`; `EncodingError`.
    package func post<Method: RPCNotificationMethod>(_ method: Method.Type, _ parameters: Method.Parameters) throws {
        let line = try OutgoingMessage.call(id: nil, method: Method.name, params: parameters, limit: limits.lineBytes)
        onLoop { $0.write(line) }
    }

    /// Closes the connection at once; what was asked on it is cancelled at both ends.
    package func close() async {
        channel.close(promise: nil)
        await waitUntilClosed()
    }

    /// Returns when the connection is closed, whoever closed it.
    package func waitUntilClosed() async {
        // closeFuture cannot fail.
        try? await channel.closeFuture.get()
    }

    /// Refuses new requests, lets those in flight finish for `deadline`, cancels the rest, and closes when all are
    /// answered.
    func drain(within deadline: Duration) async {
        onLoop { $0.drain(within: deadline) }
        await waitUntilClosed()
    }

    /// Runs `body` on the event loop, after what this thread gave it before.
    func onLoop(_ body: @escaping @Sendable (ConnectionHandler) -> Void) {
        channel.eventLoop.execute { [handler] in body(handler.value) }
    }

    private func answer(
        to method: String, _ parameters: some Encodable & Sendable, id: RPCID, timeout: Duration?
    ) async throws -> JSONValue {
        let line = try OutgoingMessage.call(id: id, method: method, params: parameters, limit: limits.lineBytes)
        try await flow.addWhenWritable(line.readableBytes)
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                onLoop { handler in
                    handler.send(PendingCall(id: id, cancellation: cancellation, continuation: continuation), line)
                    guard let timeout else { return }
                    handler.limit(
                        id, to: timeout,
                        throwing: RPCConnectionError(.timedOut, "\(method) was not answered within \(timeout)."))
                }
            }
        } onCancel: {
            cancellation.set()
            onLoop { $0.abandon(id, throwing: CancellationError()) }
        }
    }
}
