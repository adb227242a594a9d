public import Core

/// Removes a plugin that was registered.
public enum PluginRemove: RPCMethod {
    public static let name = "plugin/remove"

    public struct Parameters: Sendable, Hashable, Codable {
        public var name: String

        public init(name: String) {
            self.name = name
        }
    }

    public typealias Result = RPCNothing
}
