import Core

/// What failed between the two ends, as opposed to an error that the other end answered with (`RPCError`).
package struct RPCConnectionError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// No socket is there, or no process listens on it.
        package static let nobodyListens = Code(rawValue: "nobodyListens")
        package static let notAllowed = Code(rawValue: "socketNotAllowed")
        /// The process that listens is another user's.
        package static let foreignPeer = Code(rawValue: "socketOfAnotherUser")
        package static let closed = Code(rawValue: "connectionClosed")
        package static let timedOut = Code(rawValue: "callTimedOut")
        package static let messageTooLong = Code(rawValue: "messageTooLong")
        package static let answerUnexpected = Code(rawValue: "answerUnexpected")
        /// A socket file is there already.
        package static let socketExists = Code(rawValue: "socketExists")
        package static let pathTooLong = Code(rawValue: "socketPathTooLong")
        package static let socketFailed = Code(rawValue: "socketFailed")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
