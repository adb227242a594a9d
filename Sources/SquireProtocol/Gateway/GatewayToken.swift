public import Core

/// What the gateway's clients must know.
public enum GatewayToken: RPCMethod {
    public static let name = "gateway/token"

    public struct Parameters: Sendable, Hashable, Codable {
        /// Whether the token that Squire made is replaced by a new one.
        public var new: Bool?

        public init(new: Bool? = nil) {
            self.new = new
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        /// What the gateway's clients send as their API key; missing where it wants none.
        public var token: String?
        /// Where the gateway is to listen; missing where it is off.
        public var listen: String?

        public init(token: String? = nil, listen: String? = nil) {
            self.token = token
            self.listen = listen
        }
    }
}
