package import Foundation

/// A call that is made only if the user agrees: exactly the one that is made then.
package struct ApprovalRequest: Sendable, Hashable {
    package var plugin: String
    /// The plugin's name for people; nil where it has none.
    package var title: String?
    package var operation: String
    /// The request's method, where it goes, and its path with the templates; nil where the operation is no HTTP call.
    package var method: String?
    package var server: String?
    package var path: String?
    package var arguments: JSONValue
    /// Why it is asked: a sentence for people.
    package var reason: String

    package init(
        plugin: String, title: String? = nil, operation: String, method: String? = nil, server: String? = nil,
        path: String? = nil, arguments: JSONValue, reason: String
    ) {
        self.plugin = plugin
        self.title = title
        self.operation = operation
        self.method = method
        self.server = server
        self.path = path
        self.arguments = arguments
        self.reason = reason
    }

    /// The request to call a tool.
    package init(_ tool: Tool, arguments: JSONValue, reason: String) {
        self.init(
            plugin: tool.plugin, title: tool.origin?.title, operation: tool.operation, method: tool.origin?.method,
            server: tool.origin?.server, path: tool.origin?.path, arguments: arguments, reason: reason)
    }
}

/// What the user says to a call.
public enum ApprovalDecision: String, Sendable, Hashable {
    /// This once.
    case allow
    case deny
    /// This time, and from now on this operation as it is now, with arguments that the user said.
    case always
}

/// The answer to an approval request.
package struct ApprovalAnswer: Sendable, Hashable {
    package var decision: ApprovalDecision
    /// With `always`: when it ends; nil leaves that to the configuration.
    package var expires: Date?
    /// With `deny`: why, as the rest of a sentence; nil where the user simply said no.
    package var reason: String?

    package init(_ decision: ApprovalDecision, expires: Date? = nil, reason: String? = nil) {
        self.decision = decision
        self.expires = expires
        self.reason = reason
    }

    package static let allow = ApprovalAnswer(.allow)
    package static let deny = ApprovalAnswer(.deny)
    package static let always = ApprovalAnswer(.always)
}

/// Which operations the user has allowed for good.
package protocol ApprovalStore: Sendable {
    /// Whether the operation was allowed for good exactly as this tool has it.
    func isApproved(_ tool: Tool) async throws -> Bool

    /// Allows the operation as this tool has it. Without effect where the operation is another one by now.
    ///
    /// - Parameter expires: when that ends; nil leaves it to the configuration.
    func approve(_ tool: Tool, expires: Date?) async throws
}
