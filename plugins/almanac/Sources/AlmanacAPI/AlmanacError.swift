/// Why a question got no answer: an HTTP status and a sentence that says what to do about it.
package struct AlmanacError: Error, Sendable, Hashable {
    /// Whether the asker's words were at fault or what they name is not known.
    package struct Code: RawRepresentable, Sendable, Hashable {
        /// The HTTP status.
        package var rawValue: Int

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// An argument is missing, unreadable or impossible.
        package static let invalid = Code(rawValue: 400)
        /// A place, a unit or an operation nobody knows by that name.
        package static let unknown = Code(rawValue: 404)
    }

    package var code: Code
    /// What failed, on what input, what to do.
    package var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
