public import Core
public import Foundation

/// Asks the user whether a call may be made: of the daemon to its client, while it works on a request of the client's.
public enum ToolApprove: RPCMethod {
    public static let name = "tool/approve"

    /// The request that is made where the user agrees, and no other.
    public struct Parameters: Sendable, Hashable, Codable {
        /// The `id` of the request that is worked on.
        public var request: JSONValue
        public var plugin: String
        /// The plugin's name for people.
        public var title: String?
        public var operation: String
        /// The HTTP request's method.
        public var method: String?
        /// Where it goes: the address of the API, or the command of the plugin's own server.
        public var server: String?
        /// Its path below that, with templates in place of arguments: `/items/{item}`.
        public var path: String?
        /// All of them.
        public var arguments: JSONValue
        /// Why it is asked: a sentence for people.
        public var reason: String

        public init(
            request: JSONValue, plugin: String, title: String? = nil, operation: String, method: String? = nil,
            server: String? = nil, path: String? = nil, arguments: JSONValue, reason: String
        ) {
            self.request = request
            self.plugin = plugin
            self.title = title
            self.operation = operation
            self.method = method
            self.server = server
            self.path = path
            self.arguments = arguments
            self.reason = reason
        }
    }

    /// What the user says to a call.
    public enum Decision: String, Sendable, Hashable, Codable {
        /// This once.
        case allow
        case deny
        /// This time, and from now on this operation as it is now, with arguments that the user said.
        case always
    }

    public struct Result: Sendable, Hashable, Codable {
        public var decision: Decision
        /// With `always`: when it ends; where missing, the configuration says.
        public var expires: Date?

        public init(decision: Decision, expires: Date? = nil) {
            self.decision = decision
            self.expires = expires
        }
    }
}
