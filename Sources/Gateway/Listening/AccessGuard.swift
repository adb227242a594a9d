import Digest
import Hummingbird
import Synchronization

/// What who connects must know. It may be replaced while the gateway runs.
final class AccessToken: Sendable {
    /// The token itself is not kept. Changed by whoever replaces it, read by every request.
    private let digest: Mutex<SHA256Sum>

    init(_ token: String) {
        digest = Mutex(Self.digest(of: token))
    }

    func replace(with token: String) {
        digest.withLock { $0 = Self.digest(of: token) }
    }

    /// Takes the same time wherever the two differ, and whatever their lengths: sums are compared, in constant time.
    func isEqual(to sent: some StringProtocol) -> Bool {
        digest.withLock { $0 } == Self.digest(of: sent)
    }

    private static func digest(of token: some StringProtocol) -> SHA256Sum {
        SHA256.sum(of: Array(token.utf8))
    }
}

/// Lets in who brings the token.
struct AccessGuard: RouterMiddleware {
    typealias Context = GatewayContext

    let token: AccessToken

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
            throw APIError.unauthorized(
                "no token was sent; send the header \"Authorization: Bearer TOKEN\" with what squire gateway token prints"
            )
        }
        guard token.isEqual(to: header.dropFirst(scheme.count)) else {
            throw APIError.unauthorized("the token is not this gateway's; squire gateway token prints it")
        }
        return try await next(request, context)
    }
}
