package import Core

/// What can go wrong with documents.
package struct RetrievalError: CodedError {
    package enum Code: String, ErrorCode {
        /// The file is not there, or may not be read.
        case unreadable = "documentUnreadable"
        /// Nothing here reads files of this kind.
        case unsupported = "documentUnsupported"
        /// The file is not what it says it is, or ends too early.
        case damaged = "documentDamaged"
        /// The file, or what it unpacks to, is over a limit.
        case tooLarge = "documentTooLarge"
        /// There is no text in it.
        case empty = "documentEmpty"
        case documentUnknown
        case collectionUnknown
        /// A symbolic link leads to a folder that is read under another name, or that holds the one that is read.
        case alreadyRead = "documentAlreadyRead"
        /// A symbolic link leads out of the folder that is read.
        case linkOutside = "documentLinkOutside"

        package var failureClass: FailureClass {
            switch self {
            case .unreadable, .unsupported, .damaged, .tooLarge, .empty, .alreadyRead: .invalid
            case .documentUnknown, .collectionUnknown: .notFound
            case .linkOutside: .denied
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
