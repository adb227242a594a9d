import Core

/// Why something that a model meant as a call is none.
package struct CallFormatError: SquireError, Hashable {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// It is no JSON object with a name and arguments.
        package static let callUnreadable = Code(rawValue: "callUnreadable")
        /// There is no tool of its name.
        package static let callUnknown = Code(rawValue: "callUnknown")
        /// Its arguments are no instance of the tool's schema, as far as can be told.
        package static let callInvalid = Code(rawValue: "callInvalid")
        /// The token limit was reached in the middle of it.
        package static let callCut = Code(rawValue: "callCut")
    }

    package var code: Code
    package var message: String
    /// The operation it was meant for, where that could be told.
    package var operation: String?
    package var kind: String { code.rawValue }

    init(_ code: Code, _ message: String, operation: String? = nil) {
        self.code = code
        self.message = message
        self.operation = operation
    }
}
