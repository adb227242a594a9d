package import Core

/// What is wrong with a question, or with what it asks for.
package struct AgentError: CodedError {
    package enum Code: String, ErrorCode {
        case messageEmpty
        /// A call needs consent, and who asks cannot be asked back.
        case nobodyAsked
        case maxStepsInvalid
        /// Also the model's own word for it.
        case promptTooLong

        package var failureClass: FailureClass {
            switch self {
            case .messageEmpty, .maxStepsInvalid, .promptTooLong: .invalid
            case .nobodyAsked: .denied
            }
        }
    }

    package var code: Code
    package var message: String

    static let nobodyAsked = AgentError(.nobodyAsked, "nobody can be asked")

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
