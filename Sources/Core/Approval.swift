/// A call that is made only if the user agrees.
package struct ApprovalRequest: Sendable, Hashable {
    package var plugin: String
    package var operation: String
    package var arguments: JSONValue
    /// Why it is asked: a sentence for people.
    package var reason: String

    package init(plugin: String, operation: String, arguments: JSONValue, reason: String) {
        self.plugin = plugin
        self.operation = operation
        self.arguments = arguments
        self.reason = reason
    }
}

/// What the user says to a call.
public enum ApprovalDecision: String, Sendable, Hashable, Codable, CaseIterable {
    /// This once.
    case allow
    case deny
    /// This time, and this operation from now on.
    case always
}

/// Which operations the user has allowed for good.
package protocol ApprovalStore: Sendable {
    func isApproved(plugin: String, operation: String) async throws -> Bool

    /// Holds until the plugin is removed, or registered with another document.
    func approve(plugin: String, operation: String) async throws
}
