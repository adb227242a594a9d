/// What every error that reaches a user can say: a stable word and a class for programs, and a sentence for people that
/// names what failed, on what, and what to do.
public protocol SquireError: Error, CustomStringConvertible {
    /// A stable word; `data.kind` on the socket.
    var kind: FailureCode { get }
    var failureClass: FailureClass { get }
    /// One or two sentences: what failed, on what input, what to do next.
    var message: String { get }
    /// The error that it came of, for the log.
    var cause: (any Error)? { get }
}

extension SquireError {
    public var description: String { message }
    public var cause: (any Error)? { nil }
}
