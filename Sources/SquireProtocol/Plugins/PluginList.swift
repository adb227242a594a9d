public import Core

/// The registered plugins, by name.
public enum PluginList: RPCMethod {
    public static let name = "plugin/list"

    public typealias Parameters = RPCNothing

    public struct Result: Sendable, Hashable, Codable {
        public var plugins: [PluginSummary]

        public init(plugins: [PluginSummary]) {
            self.plugins = plugins
        }
    }
}
