package import Core

/// Why the daemon could not start, or would not do what it was asked.
package struct DaemonError: CodedError {
    package enum Code: String, ErrorCode {
        /// Another daemon holds the home.
        case alreadyRunning
        /// Somebody else answers on the socket, or what is there is no socket.
        case socketTaken
        case homeUnusable
        case configurationInvalid
        /// The gateway's token is in a file that others may read, or that is another user's.
        case gatewayTokenUnsafe
        /// The gateway's token is the configuration's matter.
        case gatewayTokenConfigured
        case tuningRuns
        case modelUnknown
        /// A model's file is there, but only a loaded model says what it is.
        case modelNotLoaded
        /// A plugin was called and failed; the message is what it said.
        case pluginFailed

        package var failureClass: FailureClass {
            switch self {
            case .socketTaken, .homeUnusable, .configurationInvalid, .gatewayTokenConfigured: .invalid
            case .modelUnknown: .notFound
            case .gatewayTokenUnsafe: .denied
            case .alreadyRunning, .tuningRuns, .modelNotLoaded: .unavailable
            case .pluginFailed: .failed
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
