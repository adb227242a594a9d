public import Core

/// Writes what stands between two texts.
public enum ModelInfill: RPCMethod {
    public static let name = "model/infill"

    public struct Parameters: Sendable, Hashable, Codable {
        public var prefix: String
        public var suffix: String
        public var sampling: WireSampling?
        /// Whether events are sent; they are not unless this is true.
        public var stream: Bool?

        public init(prefix: String, suffix: String, sampling: WireSampling? = nil, stream: Bool? = nil) {
            self.prefix = prefix
            self.suffix = suffix
            self.sampling = sampling
            self.stream = stream
        }
    }

    public typealias Result = ModelComplete.Result
}
