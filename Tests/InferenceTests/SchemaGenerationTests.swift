import Core
import Inference
import Testing

/// The grammars of schemas in the hands of the real sampler.
@Suite(.timeLimit(.minutes(5)))
struct SchemaGenerationTests {
    private static let schemas: [JSONValue] = [
        [
            "type": "object", "required": ["city", "days"],
            "properties": ["city": ["enum": ["Oslo", "Rome"]], "days": ["type": "integer"]],
        ],
        ["type": "array", "items": ["type": "boolean"], "minItems": 2, "maxItems": 4],
        ["type": "string", "format": "date"],
        ["type": "object", "properties": ["a": ["type": ["number", "null"]], "b": ["const": "x\"y"]]],
        [
            "anyOf": [
                ["type": "null"],
                ["type": "object", "required": ["k"], "properties": ["k": ["type": "string", "maxLength": 5]]],
            ]
        ],
    ]

    @Test(arguments: schemas.indices)
    func `what is generated under a schema is JSON of its form`(index: Int) async throws {
        for seed in 0..<3 {
            let sampling = Sampling(temperature: 1.5, seed: UInt32(seed), maxTokens: 120)
            let answer = try await TestModel.engine.text("JSON: ", sampling, constraint: .schema(Self.schemas[index]))
            // One that was cut by the limit is not whole.
            guard answer.reason == .stop else { continue }
            let value = try JSONValue(parsing: answer.text)
            switch index {
            case 0: #expect(["Oslo", "Rome"].contains(value["city"]?.string) && value["days"]?.integer != nil)
            case 1: #expect((2...4).contains(value.array?.count ?? 0))
            case 2: #expect(value.string?.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil)
            case 3: #expect(value["b"] == nil || value["b"] == "x\"y")
            default: #expect(value == .null || (value["k"]?.string?.count ?? 9) <= 5)
            }
        }
    }
}
