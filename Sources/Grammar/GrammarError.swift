import Core

/// Why no grammar could be made of a schema.
package struct GrammarError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// It is no JSON Schema.
        package static let invalid = Code(rawValue: "schemaInvalid")
        /// No value at all is an instance of it.
        package static let unsatisfiable = Code(rawValue: "schemaUnsatisfiable")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
