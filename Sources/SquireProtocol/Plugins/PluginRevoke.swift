public import Core

/// Withdraws what was allowed for good.
public enum PluginRevoke: RPCMethod {
    public static let name = "plugin/revoke"

    public struct Parameters: Sendable, Hashable, Codable {
        public var name: String
        /// Where missing, all that was allowed of the plugin.
        public var operation: String?

        public init(name: String, operation: String? = nil) {
            self.name = name
            self.operation = operation
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        /// How many permissions there were.
        public var revoked: Int

        public init(revoked: Int) {
            self.revoked = revoked
        }
    }
}
