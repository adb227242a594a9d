package import Core
package import JSONRPC
package import SquireProtocol
import Synchronization

/// A typed client of the daemon's socket: one method for each of the socket's.
///
/// Every method throws `RPCError` with what the daemon answered, `RPCConnectionError` when the connection fails, and
/// `CancellationError`; cancelling the calling task cancels the request in the daemon.
package struct SquireClient: Sendable {
    let connection: RPCConnection
    let events: EventRouter

    /// Connects to the daemon for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - socket: the path of the daemon's socket.
    ///   - onNotification: takes notifications that belong to no running `ask` or `complete` of this client; runs on
    ///     the connection's thread.
    /// - Throws: `RPCConnectionError` (`nobodyListens` where no daemon runs), or what `body` throws.
    package static func withClient<Result>(
        socket: String, onNotification: @escaping @Sendable (RPCNotification) -> Void = { _ in },
        _ body: (SquireClient) async throws -> Result
    ) async throws -> Result {
        let events = EventRouter(fallback: onNotification)
        return try await RPCConnection.withConnection(to: socket, handler: events) { connection in
            try await body(SquireClient(connection: connection, events: events))
        }
    }

    /// Calls any method. `params` must be an object or an array.
    package func call(_ method: String, _ params: JSONValue = [:]) async throws -> JSONValue {
        try await connection.call(method, params)
    }

    /// Asks for a sign of life.
    ///
    /// - Parameter timeout: after which it throws `RPCConnectionError.timedOut`.
    package func ping(timeout: Duration) async throws {
        _ = try await connection.call(Method.ping, RPCNothing(), timeout: timeout, as: RPCNothing.self)
    }

    package func status() async throws -> StatusResult {
        try await connection.call(Method.status, RPCNothing())
    }
}

/// Gives each `assistant/event` to the request it belongs to.
final class EventRouter: RPCHandler {
    typealias Receiver = @Sendable (AskEvent) -> Void
    typealias Approver = @Sendable (ToolApproveParameters) async throws -> ApprovalDecision

    private let fallback: @Sendable (RPCNotification) -> Void
    private struct Asker {
        var receiver: Receiver
        /// Nil where nothing is agreed to.
        var approver: Approver?
    }

    /// Those of running requests. Changed by callers, read by the connection's thread.
    private let askers = Mutex<[JSONValue: Asker]>([:])

    init(fallback: @escaping @Sendable (RPCNotification) -> Void) {
        self.fallback = fallback
    }

    func add(_ id: RPCID, _ receiver: @escaping Receiver, approver: Approver? = nil) {
        askers.withLock { $0[id.value] = Asker(receiver: receiver, approver: approver) }
    }

    func remove(_ id: RPCID) {
        askers.withLock { $0[id.value] = nil }
    }

    func handle(_ request: RPCRequest, context: RPCContext) async throws -> any Encodable & Sendable {
        guard request.method == Method.toolApprove else {
            throw RPCError(.methodNotFound, "Method not found: \(request.method). This client answers tool/approve.")
        }
        let parameters = try ToolApproveParameters(parametersOf: request)
        guard let approver = askers.withLock({ $0[parameters.request] })?.approver else {
            // Not a no: nobody was there to say one.
            throw RPCError(kind: "nobodyAsked", "Nobody is there to be asked.")
        }
        return ToolApproveResult(decision: try await approver(parameters))
    }

    func receive(_ notification: RPCNotification, on connection: RPCConnection) {
        guard notification.method == Method.event, let params = notification.params,
            let event = try? AskEvent(decoding: params),
            let receiver = askers.withLock({ $0[event.request] })?.receiver
        else {
            fallback(notification)
            return
        }
        receiver(event)
    }
}
