/// One operation: what the OpenAPI document says of it, and what answers it.
struct Operation: Sendable {
    /// Its `operationId`, and its path after the slash.
    var name: String
    /// A few words, the document's `summary`.
    var summary: String
    /// What it does and when to use it, in the words people ask with: this text is compared with questions.
    var description: String
    var parameters: [Parameter]
    /// The answer's members but `summary`, which every answer has.
    var results: [Property]
    var examples: [Example]
    var answer: @Sendable (Arguments, Almanac) throws(AlmanacError) -> Answer

    struct Parameter: Sendable {
        var name: String
        var description: String
        var schema: Schema
        var isRequired: Bool
        var example: Scalar

        init(
            _ name: String, type schema: Schema = .string, required: Bool = true, example: Scalar, _ description: String
        ) {
            self.name = name
            self.schema = schema
            self.isRequired = required
            self.example = example
            self.description = description
        }
    }

    enum Schema: Sendable, Hashable {
        case string
        case number
        case integer
        case boolean
        /// One of these values; other names of them, which the server reads too.
        case choice([String], aliases: [String: [String]] = [:])
    }

    /// A member of an answer.
    struct Property: Sendable {
        var name: String
        var schema: Schema
        var description: String
        var isOptional: Bool

        init(_ name: String, type schema: Schema = .string, optional: Bool = false, _ description: String) {
            self.name = name
            self.schema = schema
            self.isOptional = optional
            self.description = description
        }
    }

    /// A question, and the arguments it leads to.
    struct Example: Sendable {
        var question: String
        var arguments: [(name: String, value: Scalar)]

        init(_ question: String, _ arguments: [(name: String, value: Scalar)]) {
            self.question = question
            self.arguments = arguments
        }
    }
}

extension Operation {
    /// Every operation, in the order the document lists them.
    static let all: [Operation] = [
        .worldTime, .timeDifference, .convertTime, .addToDate, .daysBetween, .weekday, .convertUnits, .calculate, .sun,
        .moon,
    ]
}
