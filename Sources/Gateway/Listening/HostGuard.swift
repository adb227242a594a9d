import Hummingbird

/// Keeps web pages out of a gateway that listens on loopback: a browser on this machine would carry their requests here.
///
/// A page whose name was made to lead to 127.0.0.1 (DNS rebinding) betrays itself by `Host`, one that posts to
/// `localhost` without being able to read the answer by `Origin`.
struct HostGuard: RouterMiddleware {
    typealias Context = GatewayContext

    /// The host that is listened on.
    let host: String

    @concurrent func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let authority = request.head.authority ?? ""
        let name = Self.name(of: authority)
        guard ["localhost", "127.0.0.1", "::1", host.lowercased()].contains(name) else {
            throw APIError(
                .forbidden,
                "the Host header names \"\(authority)\"; this gateway answers to localhost, 127.0.0.1 and [::1] only")
        }
        if let origin = request.headers[.origin], origin.lowercased() != "http://\(authority.lowercased())" {
            throw APIError(.forbidden, "requests of the web page \(origin) are not answered")
        }
        return try await next(request, context)
    }

    /// The host of `HOST:PORT`, without the brackets of an IPv6 address.
    private static func name(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return "" }
            return authority[..<end].dropFirst().lowercased()
        }
        return authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)[0].lowercased()
    }
}
