package import Foundation

/// An operation that the user has allowed for good, as it is stored.
package struct StoredPermission: Sendable, Hashable {
    package var plugin: String
    package var operation: String
    /// Of the operation as it was when it was allowed.
    package var fingerprint: String
    package var grantedAt: Date
    /// Nil where it does not end by itself.
    package var expires: Date?

    package init(plugin: String, operation: String, fingerprint: String, grantedAt: Date, expires: Date? = nil) {
        self.plugin = plugin
        self.operation = operation
        self.fingerprint = fingerprint
        self.grantedAt = grantedAt
        self.expires = expires
    }
}

/// Keeps what was allowed for good. Whatever a method has returned from is on disk.
package protocol PermissionStore: Sendable {
    /// All, by plugin and operation.
    func permissions() async throws -> [StoredPermission]

    func permission(plugin: String, operation: String) async throws -> StoredPermission?

    /// Stores a permission, in place of one of the same operation.
    func save(_ permission: StoredPermission) async throws

    /// Forgets these permissions, unless they were given anew meanwhile.
    ///
    /// - Returns: how many there were.
    @discardableResult
    func forget(_ permissions: [StoredPermission]) async throws -> Int
}
