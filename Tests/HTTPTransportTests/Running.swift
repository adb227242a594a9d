import Core
import HTTPTransport
import LoopbackServer
import Testing

/// Runs `body` with a transport and a server, and stops both, also after an error.
func running(
    socketPath: String? = nil, reply: @escaping @Sendable (String) -> ScriptedServer.Reply,
    _ body: (CurlTransport, ScriptedServer) async throws -> Void
) async throws {
    let server = try await ScriptedServer(socketPath: socketPath, reply: reply)
    do {
        try await running { transport in try await body(transport, server) }
    } catch {
        try await server.stop()
        throw error
    }
    try await server.stop()
}

/// Runs `body` with a transport and stops it, also after an error. What the tests' environment says of proxies does not
/// count.
func running(
    names: LocalNames = LocalNames(), environment: [String: String] = [:],
    hooks: CurlTransport.Hooks = CurlTransport.Hooks(), _ body: (CurlTransport) async throws -> Void
) async throws {
    let transport = CurlTransport(names: names, environment: environment, hooks: hooks)
    do {
        try await body(transport)
    } catch {
        await transport.stop()
        throw error
    }
    await transport.stop()
}

/// The error a request fails with; its absence is an issue.
func failure(of request: HTTPRequest, _ transport: CurlTransport) async -> HTTPError? {
    await #expect(throws: HTTPError.self) { try await transport.fetch(request) }
}

extension HTTPRequest {
    /// A request whose URL the person named: the tests' servers are on this machine.
    static func own(
        method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
        socketPath: String? = nil, limits: HTTPLimits = HTTPLimits(), redirects: HTTPRedirects = .sameOrigin
    ) -> HTTPRequest {
        HTTPRequest(
            method: method, url: url, headers: headers, body: body, socketPath: socketPath, limits: limits,
            network: .owner, redirects: redirects)
    }
}
