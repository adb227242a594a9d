/// What every error that reaches a user can say: a stable word for programs, and a sentence for
/// people that names what failed, on what, and what to do.
public protocol SquireError: Error, CustomStringConvertible {
    /// A stable word in camel case (`modelMissing`, `pluginUnknown`); `data.kind` on the socket.
    var kind: String { get }
    /// One or two sentences: what failed, on what input, what to do next.
    var message: String { get }
}

extension SquireError {
    public var description: String { message }
}
