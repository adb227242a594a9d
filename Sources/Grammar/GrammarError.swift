import Core

/// Why no automaton could be made of a constraint.
package struct GrammarError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// It is no JSON Schema.
        package static let schemaInvalid = Code(rawValue: "schemaInvalid")
        /// No value at all is an instance of it.
        package static let schemaUnsatisfiable = Code(rawValue: "schemaUnsatisfiable")
        /// It is no grammar, or one that no text is a sentence of.
        package static let grammarInvalid = Code(rawValue: "grammarInvalid")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
