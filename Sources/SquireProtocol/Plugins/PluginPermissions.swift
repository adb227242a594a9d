public import Core

/// The operations that the user has allowed for good, as far as that holds.
public enum PluginPermissions: RPCMethod {
    public static let name = "plugin/permissions"

    public struct Parameters: Sendable, Hashable, Codable {
        /// A plugin; nil lists those of all.
        public var name: String?

        public init(name: String? = nil) {
            self.name = name
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var permissions: [PermissionSummary]

        public init(permissions: [PermissionSummary]) {
            self.permissions = permissions
        }
    }
}
