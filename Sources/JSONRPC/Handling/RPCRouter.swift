package import Core

/// Handles requests by their method, with parameters and results as Swift types.
///
/// ```swift
/// var router = RPCRouter()
/// router.on(Ping.self) { _, _ in RPCNothing() }
/// router.on(ModelTokenize.self) { parameters, context in
///     try await model.tokenize(parameters.text)
/// }
/// ```
package struct RPCRouter: RPCHandler {
    private typealias Route = @Sendable (RPCRequest, RPCContext) async throws -> any Encodable & Sendable

    private var routes: [String: Route] = [:]
    private var listeners: [String: @Sendable (RPCNotification, RPCConnection) -> Void] = [:]

    package init() {}

    /// The methods there are, in alphabetical order.
    package var methods: [String] { routes.keys.sorted() }

    /// Handles a method. Parameters are named: they must be an object, and where a request has none an empty one is
    /// read. What does not fit is answered with -32602 and the member's path.
    package mutating func on<Method: RPCMethod>(
        _ method: Method.Type,
        _ body: @escaping @Sendable (Method.Parameters, RPCContext) async throws -> Method.Result
    ) {
        routes[Method.name] = { request, context in
            try await body(Method.Parameters(parametersOf: request), context)
        }
    }

    /// Takes notifications of a method, as `RPCHandler.receive` says. One whose parameters do not fit is passed over, as nothing
    /// can be answered to it.
    package mutating func on<Method: RPCNotificationMethod>(
        _ method: Method.Type, _ body: @escaping @Sendable (Method.Parameters, RPCConnection) -> Void
    ) {
        listeners[Method.name] = { notification, connection in
            guard let parameters = try? Method.Parameters(decoding: notification.params ?? [:]) else { return }
            body(parameters, connection)
        }
    }

    package func handle(_ request: RPCRequest, context: RPCContext) async throws -> any Encodable & Sendable {
        guard let route = routes[request.method] else {
            throw RPCError(
                .methodNotFound,
                routes.isEmpty
                    ? "Method not found: \(request.method). This end answers no requests."
                    : "Method not found: \(request.method). There are \(methods.joined(separator: ", ")).")
        }
        return try await route(request, context)
    }

    package func receive(_ notification: RPCNotification, on connection: RPCConnection) {
        listeners[notification.method]?(notification, connection)
    }
}

extension Decodable {
    /// Reads a request's named parameters.
    ///
    /// - Throws: `RPCError.invalidParams` naming the member that does not fit.
    package init(parametersOf request: RPCRequest) throws {
        let params = request.params ?? [:]
        guard case .object = params else {
            throw RPCError(
                .invalidParams,
                "Invalid parameters of \(request.method): they must be an object with named members, not an array.")
        }
        do {
            self = try Self(decoding: params)
        } catch let error as DecodingError {
            throw RPCError(.invalidParams, "Invalid parameters of \(request.method): \(error.explanation).")
        }
    }
}
