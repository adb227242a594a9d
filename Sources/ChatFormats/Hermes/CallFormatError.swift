package import Core

/// Why something that a model meant as a call is none.
package struct CallFormatError: CodedError, Hashable {
    package enum Code: String, ErrorCode {
        /// It is no JSON object with a name and arguments.
        case callUnreadable
        /// There is no tool of its name.
        case callUnknown
        /// Its arguments are no instance of the tool's schema, as far as can be told.
        case callInvalid
        /// The token limit was reached in the middle of it.
        case callCut

        package var failureClass: FailureClass { .failed }
    }

    package var code: Code
    package var message: String
    /// The operation it was meant for, where that could be told.
    package var operation: String?

    init(_ code: Code, _ message: String, operation: String? = nil) {
        self.code = code
        self.message = message
        self.operation = operation
    }
}
