public import Core
public import Foundation

/// Allows an operation for good, as it is now.
public enum PluginPermit: RPCMethod {
    public static let name = "plugin/permit"

    public struct Parameters: Sendable, Hashable, Codable {
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

    public typealias Result = PermissionSummary
}
