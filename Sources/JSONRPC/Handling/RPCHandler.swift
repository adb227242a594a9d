package import Core

/// Does what the other end asks for. `RPCRouter` is the usual one.
package protocol RPCHandler: Sendable {
    /// Handles a request, in a task of its own that is cancelled by `$/cancelRequest` and when the connection closes.
    /// It begins on the connection's thread: what computes for long before it first waits must hop off it.
    ///
    /// - Returns: the result to send.
    /// - Throws: `RPCError` to choose the answered error itself; any other error becomes one as
    ///   `RPCError(answering:)` says.
    func handle(_ request: RPCRequest, context: RPCContext) async throws -> any Encodable & Sendable

    /// Takes a notification. Called in the order they came, before any answer that came after them is given to
    /// its caller; it runs on the connection's thread and must return at once.
    func receive(_ notification: RPCNotification, on connection: RPCConnection)
}

extension RPCHandler {
    package func receive(_ notification: RPCNotification, on connection: RPCConnection) {}
}

/// What the handler of a request may know and do besides answering.
package struct RPCContext: Sendable {
    /// The request's own `id`.
    package let id: RPCID
    /// Where it came from.
    package let connection: RPCConnection

    /// Sends a notification to the asker; those of one task arrive in their order and before the answer. Waits while
    /// the asker does not read.
    ///
    /// - Throws: `RPCConnectionError.closed`; `CancellationError` while it waits; `EncodingError`.
    package func notify<Method: RPCNotificationMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters
    ) async throws {
        try await connection.notify(method, parameters)
    }

    /// Sends a notification to the asker without waiting, as `RPCConnection.post` does.
    package func post<Method: RPCNotificationMethod>(_ method: Method.Type, _ parameters: Method.Parameters) throws {
        try connection.post(method, parameters)
    }

    /// Asks the asker back and waits for its answer.
    ///
    /// - Throws: as `RPCConnection.call`.
    package func call<Method: RPCMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters, timeout: Duration? = nil
    ) async throws -> Method.Result {
        try await connection.call(method, parameters, timeout: timeout)
    }
}
