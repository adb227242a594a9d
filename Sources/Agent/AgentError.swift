import Core

/// What is wrong with a question.
package struct AgentError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let messageEmpty = Code(rawValue: "messageEmpty")
        package static let maxStepsInvalid = Code(rawValue: "maxStepsInvalid")
        /// Also the model's own word for it.
        package static let promptTooLong = Code(rawValue: "promptTooLong")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
