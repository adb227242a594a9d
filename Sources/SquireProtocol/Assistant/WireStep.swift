public import Core

/// One plugin call made for an answer.
public struct WireStep: Sendable, Hashable, Codable {
    public enum Status: String, Sendable, Hashable, Codable {
        case ok
        case error
        case denied
    }

    /// What a failure means for making the call again: an open set of words, which docs/plugins.md describes.
    public struct FailureKind: Sendable, Hashable, RawRepresentable, Codable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let argumentsInvalid = FailureKind(rawValue: "argumentsInvalid")
        public static let argumentsMissing = FailureKind(rawValue: "argumentsMissing")
        public static let operationChanged = FailureKind(rawValue: "operationChanged")
        public static let unreachable = FailureKind(rawValue: "unreachable")
        public static let pluginServerFailed = FailureKind(rawValue: "pluginServerFailed")
        public static let unanswered = FailureKind(rawValue: "unanswered")
        public static let rejected = FailureKind(rawValue: "rejected")
        public static let serverFailed = FailureKind(rawValue: "serverFailed")
        public static let unreadable = FailureKind(rawValue: "unreadable")
        public static let unknown = FailureKind(rawValue: "unknown")
    }

    public var plugin: String
    public var operation: String
    public var arguments: JSONValue
    /// Nil while the call runs.
    public var status: Status?
    /// What the plugin said, when it succeeded.
    public var result: JSONValue?
    /// What failed, when it did not.
    public var error: String?
    public var errorKind: FailureKind?
    public var seconds: Double?

    public init(
        plugin: String, operation: String, arguments: JSONValue, status: Status? = nil,
        result: JSONValue? = nil, error: String? = nil, errorKind: FailureKind? = nil, seconds: Double? = nil
    ) {
        self.plugin = plugin
        self.operation = operation
        self.arguments = arguments
        self.status = status
        self.result = result
        self.error = error
        self.errorKind = errorKind
        self.seconds = seconds
    }
}
