public import Core

/// A registered plugin with all its operations.
public enum PluginGet: RPCMethod {
    public static let name = "plugin/get"

    public struct Parameters: Sendable, Hashable, Codable {
        public var name: String

        public init(name: String) {
            self.name = name
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var plugin: PluginSummary
        /// Where its API is.
        public var server: String
        public var operations: [OperationDetails]

        public init(plugin: PluginSummary, server: String, operations: [OperationDetails]) {
            self.plugin = plugin
            self.server = server
            self.operations = operations
        }
    }
}
