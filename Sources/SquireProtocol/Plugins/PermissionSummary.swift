public import Foundation

/// An operation that the user has allowed for good: of `plugin/permissions` and `plugin/permit`.
public struct PermissionSummary: Sendable, Hashable, Codable {
    public var plugin: String
    public var operation: String
    public var method: String
    /// Where the API is.
    public var server: String
    public var path: String
    public var grantedAt: Date
    /// Nil where it does not end by itself.
    public var expires: Date?

    public init(
        plugin: String, operation: String, method: String, server: String, path: String, grantedAt: Date,
        expires: Date? = nil
    ) {
        self.plugin = plugin
        self.operation = operation
        self.method = method
        self.server = server
        self.path = path
        self.grantedAt = grantedAt
        self.expires = expires
    }
}
