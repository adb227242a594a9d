public import Core

/// Calls an operation of a plugin. A call that failed is an error on the socket.
public enum PluginCall: RPCMethod {
    public static let name = "plugin/call"

    public struct Parameters: Sendable, Hashable, Codable {
        public var name: String
        public var operation: String
        public var arguments: JSONValue?

        public init(name: String, operation: String, arguments: JSONValue? = nil) {
            self.name = name
            self.operation = operation
            self.arguments = arguments
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var result: JSONValue
        public var seconds: Double

        public init(result: JSONValue, seconds: Double) {
            self.result = result
            self.seconds = seconds
        }
    }
}
