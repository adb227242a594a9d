import Hummingbird

/// Lets in who brings the token.
struct AccessGuard: RouterMiddleware {
    typealias Context = GatewayContext

    let token: String

    @concurrent func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        // What watches whether the server lives has no secrets, and learns none.
        guard request.uri.path != GatewayRoute.health.path else { return try await next(request, context) }
        let scheme = "Bearer "
        guard let header = request.headers[.authorization],
            header.prefix(scheme.count).lowercased() == scheme.lowercased()
        else {
            throw APIError.unauthorized("no token was sent; send the header \"Authorization: Bearer TOKEN\"")
        }
        guard Self.isEqual(header.dropFirst(scheme.count), token) else {
            throw APIError.unauthorized("the token is not the one this gateway was configured with")
        }
        return try await next(request, context)
    }

    /// Takes the same time wherever the two differ, so that a token cannot be guessed byte by byte.
    private static func isEqual(_ sent: some StringProtocol, _ token: String) -> Bool {
        let sent = Array(sent.utf8)
        let token = Array(token.utf8)
        var difference = sent.count ^ token.count
        for index in token.indices { difference |= Int(token[index] ^ (index < sent.count ? sent[index] : 0)) }
        return difference == 0
    }
}
