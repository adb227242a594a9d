import Core
import Foundation

/// A file, folder or socket that is not ours alone, or not what it should be. The message names it and says what to do.
package struct OwnershipError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// It belongs to another user.
        package static let foreign = Code(rawValue: "ownedByAnother")
        /// Others may write it, or read what is secret.
        package static let open = Code(rawValue: "openToOthers")
        /// A symbolic link, where none is followed.
        package static let link = Code(rawValue: "symbolicLink")
        /// A folder where a file should be, and the like.
        package static let kind = Code(rawValue: "wrongKind")
        /// Something is there already that is not to be replaced.
        package static let taken = Code(rawValue: "placeTaken")
        /// The system refused.
        package static let failed = Code(rawValue: "fileFailed")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
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
