package import Core

/// Why the gateway cannot be started.
package struct GatewayError: CodedError {
    package enum Code: String, ErrorCode {
        /// What should say where to listen does not.
        case addressInvalid = "gatewayAddressInvalid"
        /// Others than this machine could connect, and nothing would keep them out.
        case tokenMissing = "gatewayTokenMissing"
        /// No HTTP header could hold it.
        case tokenInvalid = "gatewayTokenInvalid"
        /// The address is taken, or may not be used.
        case listenFailed = "gatewayListenFailed"

        package var failureClass: FailureClass {
            switch self {
            case .addressInvalid, .tokenMissing, .tokenInvalid: .invalid
            case .listenFailed: .unavailable
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
