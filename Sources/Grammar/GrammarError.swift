package import Core

/// Why no automaton could be made of a constraint.
package struct GrammarError: CodedError {
    package enum Code: String, ErrorCode {
        /// It is no JSON Schema.
        case schemaInvalid
        /// No value at all is an instance of it.
        case schemaUnsatisfiable
        /// It is no grammar, or one that no text is a sentence of.
        case grammarInvalid

        package var failureClass: FailureClass { .invalid }
    }

    package var code: Code
    package var message: String
    /// Whether the schema may well be one, and is only deeper than a text can be held to.
    package var isTooDeep = false

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
