public import Core

/// `tool/approve`, which the daemon asks its client while it works on a request of the client's.
public struct ToolApproveParameters: Sendable, Hashable, Codable {
    /// The `id` of the request that is worked on.
    public var request: JSONValue
    public var plugin: String
    public var operation: String
    public var arguments: JSONValue
    /// Why it is asked: a sentence for people.
    public var reason: String

    public init(request: JSONValue, plugin: String, operation: String, arguments: JSONValue, reason: String) {
        self.request = request
        self.plugin = plugin
        self.operation = operation
        self.arguments = arguments
        self.reason = reason
    }
}

public struct ToolApproveResult: Sendable, Hashable, Codable {
    public var decision: ApprovalDecision

    public init(decision: ApprovalDecision) {
        self.decision = decision
    }
}
