import Core

/// Why a suite cannot be run.
package struct EvaluationError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let suiteUnreadable = Code(rawValue: "suiteUnreadable")
        package static let suiteDamaged = Code(rawValue: "suiteDamaged")
        /// What a suite takes for the truth could not be had.
        package static let suiteUnanswerable = Code(rawValue: "suiteUnanswerable")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
