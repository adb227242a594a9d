import Core
import Foundation
import SquireProtocol

/// The data of the Berkeley Function-Calling Leaderboard, version 4, as the PyPI package `bfcl-eval` ships it: a file of
/// questions a category, and one of right answers beside it in `possible_answer`.
package enum FunctionCallingData {
    /// The categories of one turn, whose answers are calls.
    package static let categories = [
        "simple_python", "simple_java", "simple_javascript", "multiple", "parallel", "parallel_multiple", "irrelevance",
        "live_simple", "live_multiple", "live_parallel", "live_parallel_multiple", "live_irrelevance", "live_relevance",
    ]

    /// The categories that a folder holds.
    package static func categories(in folder: String) -> [String] {
        categories.filter { FileManager.default.fileExists(atPath: questions($0, folder)) }
    }

    private static func questions(_ category: String, _ folder: String) -> String {
        "\(folder)/BFCL_v4_\(category).json"
    }

    private struct QuestionLine: Decodable {
        struct Function: Decodable {
            var name: String
            var description: String
            var parameters: JSONValue
        }

        var id: String
        /// Turns, of which there is one.
        var question: [[ChatTurn]]
        var function: [Function]
    }

    private struct AnswerLine: Decodable {
        enum CodingKeys: String, CodingKey {
            case id
            case calls = "ground_truth"
        }

        var id: String
        var calls: [ExpectedCall]
    }

    /// Functions' names and types are made valid for a JSON Schema (dots become underscores, `dict` becomes `object`).
    ///
    /// - Throws: `suiteUnreadable`; `suiteDamaged`, naming the file and the line.
    package static func read(_ category: String, in folder: String) throws -> any EvaluationSuite {
        let wantsNone = category.contains("irrelevance")
        let wantsAny = category == "live_relevance"
        var answers: [String: [ExpectedCall]] = [:]
        if !wantsNone, !wantsAny {
            for line in try JSONLine.read("\(folder)/possible_answer/BFCL_v4_\(category).json") {
                let answer = try line.decode(AnswerLine.self)
                answers[answer.id] = answer.calls.map {
                    ExpectedCall(name: validName($0.name), arguments: $0.arguments)
                }
            }
        }
        var names = CaseNames()
        let cases = try JSONLine.read(questions(category, folder)).map { line in
            let question = try line.decode(QuestionLine.self)
            try names.add(question.id, in: line)
            let tools = question.function.map { function in
                let parameters = schema(function.parameters)
                return ModelCall.Parameters.Tool(
                    name: validName(function.name), description: function.description, parameters: parameters,
                    parameterOrder: parameters["properties"]?.object?.keys)
            }
            let wanted: CallingSuite.Wanted
            if wantsNone {
                wanted = .calls([])
            } else if wantsAny {
                wanted = .anyCall
            } else {
                guard let answer = answers[question.id] else {
                    throw line.damaged("possible_answer has none for \"\(question.id)\"")
                }
                wanted = .calls(answer)
            }
            return CallingSuite.Case(
                id: question.id, messages: question.question.first ?? [], tools: tools, wanted: wanted)
        }
        return CallingSuite(name: category, cases: cases)
    }

    private static func validName(_ name: String) -> String {
        String(name.map { Tool.isNameCharacter($0) ? $0 : "_" })
    }

    /// What of a function's parameters a JSON Schema says, with the types of Python, Java and JavaScript made JSON's.
    private static func schema(_ written: JSONValue) -> JSONValue {
        var schema: JSONObject = [:]
        for (keyword, value) in written.object ?? [:] {
            switch keyword {
            case "type": schema[keyword] = value.string.map { .string(types[$0] ?? $0) } ?? value
            case "properties": schema[keyword] = .object((value.object ?? [:]).mapValues(Self.schema))
            case "items": schema[keyword] = Self.schema(value)
            case "enum", "required", "description", "default": schema[keyword] = value
            default: break
            }
        }
        if schema["type"] == "array", schema["items"] == nil { schema["items"] = ["type": "string"] }
        return .object(schema)
    }

    private static let types = [
        "dict": "object", "float": "number", "tuple": "array", "any": "string", "String": "string",
        "Boolean": "boolean", "double": "number", "long": "integer", "byte": "integer", "short": "integer",
        "char": "string", "ArrayList": "array", "Array": "array", "HashMap": "object", "Hashtable": "object",
        "Queue": "array", "Stack": "array", "Bigint": "integer",
    ]
}
