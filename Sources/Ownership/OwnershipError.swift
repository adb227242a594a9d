package import Core
import Foundation

/// A file, folder or socket that is not ours alone, or not what it should be. The message names it and says what to do.
package struct OwnershipError: CodedError {
    package enum Code: String, ErrorCode {
        /// It belongs to another user.
        case foreign = "ownedByAnother"
        /// Others may write it, or read what is secret.
        case open = "openToOthers"
        /// A symbolic link, where none is followed.
        case link = "symbolicLink"
        /// A folder where a file should be, and the like.
        case kind = "wrongKind"
        /// Something is there already that is not to be replaced.
        case taken = "placeTaken"
        /// The system refused.
        case failed = "fileFailed"

        package var failureClass: FailureClass {
            switch self {
            case .link, .kind, .taken: .invalid
            case .foreign, .open: .denied
            case .failed: .failed
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

    static func link(_ path: String) -> OwnershipError {
        OwnershipError(
            .link, "\(path) is a symbolic link, and none is followed there; remove it, or move the file here")
    }

    static func failed(_ verb: String, _ path: String, _ code: CInt) -> OwnershipError {
        switch code {
        case EROFS, ENOSPC, EDQUOT: OwnershipError(.failed, StorageProblem.sentence(code, path: path))
        default: OwnershipError(.failed, "could not \(verb) \(path): \(SystemText.error(code))")
        }
    }
}
