package import Core

/// What failed between the two ends, as opposed to an error that the other end answered with (`RPCError`).
package struct RPCConnectionError: CodedError {
    package enum Code: String, ErrorCode {
        /// No socket is there, or no process listens on it.
        case nobodyListens
        case notAllowed = "socketNotAllowed"
        /// The process that listens is another user's.
        case foreignPeer = "socketOfAnotherUser"
        case closed = "connectionClosed"
        case timedOut = "callTimedOut"
        case messageTooLong
        case answerUnexpected
        /// A socket file is there already.
        case socketExists
        case pathTooLong = "socketPathTooLong"
        case socketFailed

        package var failureClass: FailureClass {
            switch self {
            case .messageTooLong, .socketExists, .pathTooLong: .invalid
            case .notAllowed, .foreignPeer: .denied
            case .nobodyListens: .unavailable
            case .closed, .timedOut, .answerUnexpected, .socketFailed: .failed
            }
        }
    }

    package var code: Code
    package var message: String
    package var cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
