import Core
import Hummingbird

/// Reads requests' bodies, all of which share one budget of memory.
struct BodyReader: Sendable {
    let budget: ByteBudget
    /// How long a body waits for its share.
    let wait: Duration

    init(_ limits: GatewayLimits) {
        budget = ByteBudget(limit: max(limits.bodyBytes, JSONBody.limit))
        wait = limits.bodyWait
    }

    /// - Throws: `APIError`.
    func read(_ request: Request) async throws -> JSONBody {
        try await JSONBody(request, within: budget, wait: wait)
    }
}
