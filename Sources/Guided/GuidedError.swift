import Core

/// Why no call can be found for a message.
struct GuidedError: CodedError {
    enum Code: String, ErrorCode {
        /// Also the engine's own word for it.
        case promptTooLong
        /// A tool that must be called has a schema that no call can be held to.
        case schemaUnsupported

        var failureClass: FailureClass { .invalid }
    }

    var code: Code
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
