public import Core
public import Foundation

/// `tool/approve`, which the daemon asks its client while it works on a request of the client's. It is the request that is
/// made then, and no other.
public struct ToolApproveParameters: Sendable, Hashable, Codable {
    /// The `id` of the request that is worked on.
    public var request: JSONValue
    public var plugin: String
    /// The plugin's name for people.
    public var title: String?
    public var operation: String
    /// The HTTP request's method.
    public var method: String?
    /// Where it goes: the address of the API, or the command of the plugin's own server.
    public var server: String?
    /// Its path below that, with templates in place of arguments: `/items/{item}`.
    public var path: String?
    /// All of them.
    public var arguments: JSONValue
    /// Why it is asked: a sentence for people.
    public var reason: String

    public init(
        request: JSONValue, plugin: String, title: String? = nil, operation: String, method: String? = nil,
        server: String? = nil, path: String? = nil, arguments: JSONValue, reason: String
    ) {
        self.request = request
        self.plugin = plugin
        self.title = title
        self.operation = operation
        self.method = method
        self.server = server
        self.path = path
        self.arguments = arguments
        self.reason = reason
    }
}

public struct ToolApproveResult: Sendable, Hashable, Codable {
    public var decision: ApprovalDecision
    /// With `always`: when it ends; where missing, the configuration says.
    public var expires: Date?

    public init(decision: ApprovalDecision, expires: Date? = nil) {
        self.decision = decision
        self.expires = expires
    }
}
