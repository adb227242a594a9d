import Core
import Grammar
import Testing

@testable import Guided
@testable import Understanding

struct CallValidationTests {
    /// A model that keeps to nothing it is asked for.
    private struct Unruly: TokenModel {
        var says = "no"

        func render(_ messages: [ChatMessage]) async throws -> Prompt { Prompt([]) }

        func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error> {
            AsyncThrowingStream { stream in
                do {
                    if let constraint = request.constraint { _ = try CompiledGrammar(constraint) }
                    stream.yield(.text(says))
                    stream.yield(.finished(reason: .stop, usage: Usage()))
                    stream.finish()
                } catch {
                    stream.finish(throwing: error)
                }
            }
        }

        func logProbabilities(
            of alternatives: [String], after prompt: Prompt
        ) async throws -> (scores: [AlternativeScore], usage: Usage) {
            (alternatives.map { _ in AlternativeScore(logProbability: 0, tokenCount: 1) }, Usage())
        }

        func textWhenIdle(_ request: GenerationRequest) async throws -> (text: String, usage: Usage) { (says, Usage()) }
        func tokenize(_ text: String, special: Bool) async throws -> [TokenPiece] { [] }
        func tokenCount(of prompt: Prompt) async throws -> Int { 0 }
        func describe() async throws -> ModelDescription { throw CancellationError() }
        func infillPrompt(prefix: String, suffix: String) async throws -> Prompt { Prompt([]) }
    }

    private func valid(
        _ arguments: JSONValue, _ parameters: JSONValue, isOwed: Bool, model: Unruly = Unruly()
    ) async throws -> JSONValue? {
        let tool = Tool(
            plugin: "client", operation: "book", description: "Books.", parameters: parameters, parameterOrder: [],
            isReadOnly: true)
        var usage = Usage()
        return try await CallValidation(
            writer: ArgumentWriter(model: model, question: "Book it", language: .english), isOwed: isOwed
        )
        .valid(arguments, for: tool, usage: &usage)
    }

    private static func object(_ properties: JSONValue, _ more: JSONObject = [:]) -> JSONValue {
        let names = properties.object?.keys.sorted().map(JSONValue.string) ?? []
        let schema: JSONObject = ["type": "object", "properties": properties, "required": .array(names)]
        return .object(schema.merging(more) { $1 })
    }

    private static let schemas: [JSONValue] = [
        object(["a": ["type": "string", "pattern": "^[A-Z]{3}-\\d+$"]]),
        object(["a": ["type": "string", "pattern": "^x*$", "minLength": 7]]),
        object(["a": ["type": "string", "format": "date-time"]]),
        object(["a": ["type": "string", "minLength": 50]]),
        object(["a": ["type": "integer", "multipleOf": 7, "exclusiveMinimum": 14]]),
        object(["a": ["type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1]]),
        object(["a": ["type": "array", "items": ["enum": ["x", "y", "z"]], "minItems": 3, "uniqueItems": true]]),
        object([
            "a": ["type": "array", "items": ["type": "string", "format": "date"], "minItems": 2, "uniqueItems": true]
        ]),
        object(["a": ["type": "array", "contains": ["const": 5]]]),
        object(["a": ["anyOf": [["type": "string", "minLength": 2], ["type": "integer", "minimum": 3]]]]),
        object(["a": ["oneOf": [["type": "integer", "multipleOf": 2], ["type": "integer", "multipleOf": 3]]]]),
        object(["a": ["allOf": [["minimum": 3], ["type": "integer"], ["maximum": 4]]]]),
        object(["a": ["$ref": "#/$defs/day"]], ["$defs": ["day": ["enum": ["Monday"]]]]),
        object(["a": ["type": "integer"], "b": ["not": ["type": ["string", "integer"]]]]),
        [
            "type": "object", "properties": ["a": ["type": "string"], "b": ["type": "integer"]], "required": ["a"],
            "dependentRequired": ["a": ["b"]], "additionalProperties": false,
        ],
        [
            "type": "object", "properties": ["a": ["type": "string"], "b": ["type": "string"]],
            "anyOf": [["required": ["a"]], ["required": ["b"]]],
        ],
        ["type": "object", "properties": ["a": ["type": "string"], "b": ["type": "string"]], "minProperties": 2],
        [
            "type": "object", "properties": ["kind": ["enum": ["card", "cash"]], "number": ["type": "string"]],
            "required": ["kind"], "if": ["properties": ["kind": ["const": "card"]]], "then": ["required": ["number"]],
        ],
        object([
            "tree": [
                "type": "object", "required": ["name", "children"],
                "properties": [
                    "name": ["type": "string", "minLength": 1],
                    "children": ["type": "array", "items": ["type": "object"], "minItems": 1],
                ],
            ]
        ]),
    ]

    @Test(arguments: schemas)
    func `where the model writes nothing that will do, a call that is owed is the plainest valid one`(schema: JSONValue)
        async throws
    {
        let made = try #require(try await valid(["a": nil], schema, isOwed: true))
        #expect(SchemaValidator.verdict(on: made, of: schema).problems == [], "\(made.text)")
        // And one that is not owed is not made.
        #expect(try await valid(["a": nil], schema, isOwed: false) == nil)
    }

    @Test func `what validates stays as it is`() async throws {
        let schema = Self.object(["a": ["type": "string", "pattern": "^[A-Z]{3}$"]])
        #expect(try await valid(["a": "OSL"], schema, isOwed: false) == ["a": "OSL"])
    }

    @Test func `what the model writes instead is made where it validates`() async throws {
        let schema = Self.object(["a": ["type": "integer"], "b": ["type": "string"]])
        let model = Unruly(says: #"{"a": 3, "b": "x"}"#)
        #expect(try await valid(["a": 3], schema, isOwed: false, model: model) == ["a": 3, "b": "x"])
    }

    @Test(
        arguments: [
            (object(["a": false]), "a"), (object(["a": ["enum": []]]), "enum"),
            (object(["a": ["type": "string", "pattern": "^a(?=x)"]]), "/properties/a/pattern"),
            (object(["a": ["type": "string", "not": ["type": "string"]]]), "/properties/a/not"),
            (object(["a": ["$dynamicRef": "#x"]]), "/properties/a/$dynamicRef"),
        ] as [(JSONValue, String)])
    func `a schema that no call can be held to is an error that names tool and keyword`(
        schema: JSONValue, names: String
    ) async throws {
        let error = await #expect(throws: GuidedError.self) { try await valid(["a": 1], schema, isOwed: true) }
        #expect(error?.code == .schemaUnsupported)
        #expect(error?.message.contains("\"book\"") == true)
        #expect(error?.message.contains(names) == true, "\(error?.message ?? "")")
        #expect(try await valid(["a": 1], schema, isOwed: false) == nil)
    }
}
