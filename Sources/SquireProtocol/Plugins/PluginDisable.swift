public import Core

/// Keeps a plugin from being called.
public enum PluginDisable: RPCMethod {
    public static let name = "plugin/disable"

    public struct Parameters: Sendable, Hashable, Codable {
        public var name: String

        public init(name: String) {
            self.name = name
        }
    }

    public typealias Result = RPCNothing
}
