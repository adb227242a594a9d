import Core

/// What is wrong with a question, or with what it asks for.
package struct AgentError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let messageEmpty = Code(rawValue: "messageEmpty")
        /// A call needs consent, and who asks cannot be asked back.
        package static let nobodyAsked = Code(rawValue: "nobodyAsked")
        package static let maxStepsInvalid = Code(rawValue: "maxStepsInvalid")
        /// Also the model's own word for it.
        package static let promptTooLong = Code(rawValue: "promptTooLong")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    static let nobodyAsked = AgentError(.nobodyAsked, "nobody can be asked")

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
