public import Core

/// Lets a plugin be called again.
public enum PluginEnable: RPCMethod {
    public static let name = "plugin/enable"

    public struct Parameters: Sendable, Hashable, Codable {
        public var name: String

        public init(name: String) {
            self.name = name
        }
    }

    public typealias Result = RPCNothing
}
