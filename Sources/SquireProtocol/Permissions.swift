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

/// `plugin/permissions`.
public struct PluginPermissionsParameters: Sendable, Hashable, Codable {
    /// A plugin; nil lists those of all.
    public var name: String?

    public init(name: String? = nil) {
        self.name = name
    }
}

/// What `plugin/permissions` returns: the permissions that hold.
public struct PluginPermissionsResult: Sendable, Hashable, Codable {
    public var permissions: [PermissionSummary]

    public init(permissions: [PermissionSummary]) {
        self.permissions = permissions
    }
}

/// `plugin/permit`.
public struct PluginPermitParameters: Sendable, Hashable, Codable {
    public var name: String
    public var operation: String
    /// When the permission ends; where missing, the configuration says.
    public var expires: Date?

    public init(name: String, operation: String, expires: Date? = nil) {
        self.name = name
        self.operation = operation
        self.expires = expires
    }
}

/// `plugin/revoke`.
public struct PluginRevokeParameters: Sendable, Hashable, Codable {
    public var name: String
    /// Where missing, all that was allowed of the plugin.
    public var operation: String?

    public init(name: String, operation: String? = nil) {
        self.name = name
        self.operation = operation
    }
}

/// What `plugin/revoke` returns.
public struct PluginRevokeResult: Sendable, Hashable, Codable {
    /// How many permissions there were.
    public var revoked: Int

    public init(revoked: Int) {
        self.revoked = revoked
    }
}
