package import Core

/// Why a suite cannot be run.
package struct EvaluationError: CodedError {
    package enum Code: String, ErrorCode {
        case suiteUnreadable
        case suiteDamaged
        /// What a suite takes for the truth could not be had.
        case suiteUnanswerable

        package var failureClass: FailureClass {
            switch self {
            case .suiteUnreadable, .suiteDamaged: .invalid
            case .suiteUnanswerable: .failed
            }
        }
    }

    package var code: Code
    package var message: String
    package var cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
