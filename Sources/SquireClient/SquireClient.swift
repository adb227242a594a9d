package import Core
package import JSONRPC
package import SquireProtocol

/// A client of the daemon's socket. The methods are the types of `SquireProtocol` that are `RPCMethod`s.
///
/// Every call throws `RPCError` with what the daemon answered, `RPCConnectionError` when the connection fails, and
/// `CancellationError`; cancelling the calling task cancels the request in the daemon.
package struct SquireClient: Sendable {
    private let connection: RPCConnection
    private let events: EventRouter

    /// Connects to the daemon for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - socket: the path of the daemon's socket.
    ///   - onNotification: takes notifications that belong to no running call by type of this client; runs on the
    ///     connection's thread.
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

    /// Calls a method.
    ///
    /// - Parameters:
    ///   - timeout: after which it throws `RPCConnectionError.timedOut`; nil waits as long as the connection stands.
    ///   - onEvent: takes what happens meanwhile, in order and all of it before this returns; runs on the connection's
    ///     thread and holds up what follows while it runs.
    ///   - approve: says whether a plugin may be called that is asked about; nil allows none.
    @discardableResult
    package func call<Method: RPCMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters, timeout: Duration? = nil,
        onEvent: @escaping @Sendable (AssistantEvent.Parameters) -> Void = { _ in },
        approve: (@Sendable (ToolApprove.Parameters) async throws -> ToolApprove.Decision)? = nil
    ) async throws -> Method.Result {
        let id = connection.makeID()
        events.add(id, onEvent, approver: approve)
        defer { events.remove(id) }
        return try await connection.call(method, parameters, id: id, timeout: timeout)
    }

    /// Calls a method that has no parameters.
    @discardableResult
    package func call<Method: RPCMethod>(
        _ method: Method.Type, timeout: Duration? = nil
    ) async throws -> Method.Result where Method.Parameters == RPCNothing {
        try await call(method, RPCNothing(), timeout: timeout)
    }

    /// Calls a method by its name. `parameters` must be an object or an array.
    package func call(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        try await connection.call(method, parameters)
    }
}
