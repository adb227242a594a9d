package import Core

/// What can go wrong with a model file or a generation.
package struct InferenceError: CodedError {
    package enum Code: String, ErrorCode {
        case modelMissing
        case modelNotGGUF
        /// Its header says what cannot be.
        case modelInvalid
        /// It is not what was installed under its checksum.
        case modelReplaced
        /// libllama did not survive loading it, in a process of its own.
        case modelCrashes
        case modelTruncated
        case modelUnsupported
        case modelFailed
        case promptEmpty
        case promptTooLong
        case grammarInvalid
        case samplingInvalid
        case infillUnsupported
        case queueFull
        case stopped
        case decodeFailed

        package var failureClass: FailureClass {
            switch self {
            case .promptEmpty, .promptTooLong, .grammarInvalid, .samplingInvalid, .infillUnsupported: .invalid
            case .queueFull: .limit
            case .modelMissing, .modelNotGGUF, .modelInvalid, .modelReplaced, .modelCrashes, .modelTruncated,
                .modelUnsupported, .modelFailed, .stopped:
                .unavailable
            case .decodeFailed: .failed
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
