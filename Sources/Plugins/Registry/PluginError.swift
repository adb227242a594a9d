package import Core

/// What is wrong with a manifest, or with a call that could not be meant.
package struct PluginError: CodedError {
    package enum Code: String, ErrorCode {
        case manifestUnreadable
        /// No answer from where it is; it may be there another time.
        case manifestUnreachable
        case manifestInvalid
        case pluginUnknown
        case pluginDisabled
        case pluginBundled
        /// It was given inline, so that there is nothing to read it from again.
        case pluginInline
        case operationUnknown
        case argumentsInvalid
        /// What only reads is not asked about.
        case permissionNeedless
        case serverFailed = "pluginServerFailed"

        package var failureClass: FailureClass {
            switch self {
            case .manifestUnreadable, .manifestInvalid, .pluginDisabled, .pluginBundled, .pluginInline,
                .argumentsInvalid, .permissionNeedless:
                .invalid
            case .pluginUnknown, .operationUnknown: .notFound
            case .manifestUnreachable, .serverFailed: .unavailable
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
