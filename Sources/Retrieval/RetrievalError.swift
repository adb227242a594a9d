import Core

/// What can go wrong with documents.
package struct RetrievalError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// The file is not there, or may not be read.
        package static let unreadable = Code(rawValue: "documentUnreadable")
        /// Nothing here reads files of this kind.
        package static let unsupported = Code(rawValue: "documentUnsupported")
        /// The file is not what it says it is, or ends too early.
        package static let damaged = Code(rawValue: "documentDamaged")
        /// The file, or what it unpacks to, is over a limit.
        package static let tooLarge = Code(rawValue: "documentTooLarge")
        /// There is no text in it.
        package static let empty = Code(rawValue: "documentEmpty")
        package static let documentUnknown = Code(rawValue: "documentUnknown")
        package static let collectionUnknown = Code(rawValue: "collectionUnknown")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
