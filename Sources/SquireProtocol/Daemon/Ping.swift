public import Core

/// Asks for a sign of life. It is answered without waiting for anything.
public enum Ping: RPCMethod {
    public static let name = "ping"

    public typealias Parameters = RPCNothing

    public typealias Result = RPCNothing
}
