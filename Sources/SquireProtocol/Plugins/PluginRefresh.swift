public import Core

/// Reads a plugin's document again from where it came. The plugin stays as it was where anything is wrong.
public enum PluginRefresh: RPCMethod {
    public static let name = "plugin/refresh"

    public struct Parameters: Sendable, Hashable, Codable {
        public var name: String

        public init(name: String) {
            self.name = name
        }
    }

    public typealias Result = PluginSummary
}
