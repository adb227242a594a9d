/// A method of a JSON-RPC interface as one type, which binds its name, its parameters and its result. Both ends name the type
/// (`router.on(Ping.self)`, `connection.call(Ping.self, …)`), so that neither can send or read anything else.
public protocol RPCMethod: SendableMetatype {
    associatedtype Parameters: Sendable, Codable
    associatedtype Result: Sendable, Codable

    /// The `method` of its requests.
    static var name: String { get }
}

/// A notification of a JSON-RPC interface as one type: it has parameters and is not answered.
public protocol RPCNotificationMethod: SendableMetatype {
    associatedtype Parameters: Sendable, Codable

    /// The `method` of its notifications.
    static var name: String { get }
}

/// Parameters or a result without members: `{}`.
public struct RPCNothing: Sendable, Hashable, Codable {
    public init() {}
}
