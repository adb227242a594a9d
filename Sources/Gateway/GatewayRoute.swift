import Hummingbird

/// One method of one path.
struct GatewayRoute: Sendable {
    let method: HTTPRequest.Method
    /// A segment in braces stands for any.
    let path: String

    static let chatCompletions = GatewayRoute(method: .post, path: "/v1/chat/completions")
    static let completions = GatewayRoute(method: .post, path: "/v1/completions")
    static let responses = GatewayRoute(method: .post, path: "/v1/responses")
    static let embeddings = GatewayRoute(method: .post, path: "/v1/embeddings")
    static let models = GatewayRoute(method: .get, path: "/v1/models")
    static let model = GatewayRoute(method: .get, path: "/v1/models/{id}")
    static let health = GatewayRoute(method: .get, path: "/health")
    static let metrics = GatewayRoute(method: .get, path: "/metrics")

    static let all = [chatCompletions, completions, responses, embeddings, models, model, health, metrics]

    func matches(_ other: String) -> Bool {
        let parts = path.split(separator: "/")
        let others = other.split(separator: "/")
        return parts.count == others.count && zip(parts, others).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
