import Core
import SeededRandom
import Testing

@testable import Grammar

@Suite(.timeLimit(.minutes(5)))
struct SchemaValidatorTests {
    @Test func `of random values, the instances are called so, and no others`() async throws {
        var questions: [InstanceChecker.Question] = []
        var verdicts: [[SchemaVerdict]] = []
        for seed in SeededRandom.seeds(ofTest: "SchemaValidatorTests", from: 5000, count: 250) {
            await Task.yield()
            var schemas = RandomSchema(seed: seed)
            let schema = schemas.document()
            var values = RandomInstance(schema, seed: seed)
            let candidates = (0..<20).map { _ in values.value() }
            verdicts.append(candidates.map { SchemaValidator.verdict(on: $0, of: schema) })
            questions.append(.init(schema: schema, unenforced: [], texts: candidates.map(\.text)))
        }
        var instances = 0
        var others = 0
        var open = 0
        for (index, answers) in try await InstanceChecker.answers(questions).enumerated() {
            for (position, answer) in answers.enumerated() {
                let verdict = verdicts[index][position]
                let comment = "\(questions[index].schema.text) \(questions[index].texts[position]) \(verdict)"
                if !verdict.unchecked.isEmpty {
                    open += 1
                } else if let failure = answer.whole {
                    others += 1
                    #expect(!verdict.isInstance, "\(failure): \(comment)")
                } else {
                    instances += 1
                    #expect(verdict.isInstance, "\(comment)")
                }
            }
        }
        #expect(instances > 1500 && others > 1500 && open < 250, "\(instances) \(others) \(open)")
    }

    @Test(
        arguments: [
            (["dependentRequired": ["a": ["b"]]], ["a": 1, "b": 2], ["a": 1]),
            (["dependencies": ["a": ["required": ["b"]]]], ["a": 1, "b": 2], ["a": 1]),
            (["propertyNames": ["pattern": "^[a-z]+$"]], ["ab": 1], ["A1": 1]),
            (["contains": ["type": "string"], "maxContains": 1], [1, "a"], ["a", "b"]),
            (["if": ["required": ["a"]], "then": ["required": ["b"]]], ["c": 1], ["a": 1]),
            (["items": [["type": "string"]], "additionalItems": false], ["a"], ["a", 1]),
            (["minimum": 1, "exclusiveMinimum": true], 2, 1), (["uniqueItems": true], [1, 2], [1, 1.0]),
            (["unevaluatedProperties": false, "properties": ["a": true]], ["a": 1], ["b": 1]),
            (["multipleOf": 7], 14, 1_250_000_000_000_000_000), (["multipleOf": 0.1], 0.3, 0.35),
        ] as [(JSONValue, JSONValue, JSONValue)])
    func `keywords are held to`(schema: JSONValue, right: JSONValue, wrong: JSONValue) {
        #expect(SchemaValidator.verdict(on: right, of: schema).isInstance)
        #expect(!SchemaValidator.verdict(on: wrong, of: schema).problems.isEmpty)
    }

    @Test func `references lead into the document, and one that never ends says nothing`() {
        let document: JSONValue = [
            "$defs": [
                "tree": ["type": "object", "properties": ["next": ["$ref": "#/$defs/tree"]]],
                "knot": ["$ref": "#/$defs/knot"],
            ]
        ]
        func verdict(_ value: JSONValue, _ name: String) -> SchemaVerdict {
            SchemaValidator.verdict(on: value, of: ["$ref": .string("#/$defs/\(name)")], document: document)
        }
        #expect(verdict(["next": ["next": [:]]], "tree").isInstance)
        #expect(verdict(["next": ["next": 1]], "tree").problems == ["next.next: must be an object, not 1"])
        #expect(!verdict(1, "knot").isInstance && verdict(1, "knot").problems.isEmpty)
        #expect(verdict(1, "none").unchecked == ["arguments: $ref"])
    }

    @Test func `a pattern that is not understood leaves it open, and one that would try for ever does not take long`() {
        let look = SchemaValidator.verdict(on: "ab", of: ["pattern": "^b?(?!a)b"])
        #expect(look.problems.isEmpty && look.unchecked == ["arguments: pattern"])
        let text = String(repeating: "a", count: 5000) + "!"
        #expect(!SchemaValidator.verdict(on: .string(text), of: ["pattern": "^(a+)+$"]).problems.isEmpty)
    }

    @Test func `alternatives of alternatives end`() {
        var schema: JSONValue = ["type": "string"]
        for _ in 0..<40 { schema = ["anyOf": [schema, schema, schema]] }
        #expect(!SchemaValidator.verdict(on: 1, of: schema).isInstance)
    }

    @Test(
        arguments: [
            ["pattern": "^[A-Z]{2}\\d{4}$"], ["pattern": "b+c|^x$", "minLength": 5],
            ["pattern": "^a*$", "maxLength": 0],
            ["pattern": "^\"\\\\$"], ["pattern": "^[^a-z]+$", "minLength": 30], ["format": "date"], ["format": "uuid"],
            ["format": "date-time"], ["format": "email"], ["format": "ipv4"], ["format": "uri"], ["format": "time"],
            ["pattern": "^(é|ü){3}$", "minLength": 3, "maxLength": 3],
        ] as [JSONValue])
    func `samples are what patterns and formats ask for, in the lengths that are asked for`(schema: JSONValue) {
        #expect(
            StringSample.texts(of: schema).contains {
                SchemaValidator.verdict(on: .string($0), of: schema).isInstance
            }, "\(StringSample.texts(of: schema).prefix(5))")
    }
}
