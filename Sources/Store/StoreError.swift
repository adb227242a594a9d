package import Core

/// Why the database did not do what it was asked.
package struct StoreError: CodedError {
    package enum Code: String, ErrorCode {
        case conversationUnknown
        case messageUnknown
        /// The beginning of several ids was given for one.
        case idAmbiguous
        case pluginUnknown
        /// The file is something else.
        case notADatabase = "databaseForeign"
        /// A newer Squire has written the file.
        case tooNew = "databaseNewer"
        /// The file is a database of ours and cannot be read.
        case damaged = "databaseDamaged"
        case notWritable = "databaseNotWritable"
        case diskFull
        case failed = "databaseFailed"

        package var failureClass: FailureClass {
            switch self {
            case .idAmbiguous: .invalid
            case .conversationUnknown, .messageUnknown, .pluginUnknown: .notFound
            case .notADatabase, .tooNew, .damaged, .notWritable, .diskFull, .failed: .failed
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
