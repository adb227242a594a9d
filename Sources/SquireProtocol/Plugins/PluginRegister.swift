public import Core

/// Registers a plugin, in place of one of the same name.
public enum PluginRegister: RPCMethod {
    public static let name = "plugin/register"

    /// Exactly one of the two.
    public struct Parameters: Sendable, Hashable, Codable {
        /// A path or URL of an `ai-plugin.json` or an OpenAPI document. A relative path is relative to the daemon's
        /// working directory; clients send absolute ones.
        public var manifest: String?
        /// The manifest or OpenAPI document itself.
        public var document: JSONValue?

        public init(manifest: String? = nil, document: JSONValue? = nil) {
            self.manifest = manifest
            self.document = document
        }
    }

    public typealias Result = PluginSummary
}
