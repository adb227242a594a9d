import Core
import Grammar
import Testing

/// Schemas that are none, or that nothing is an instance of.
struct RefusalTests {
    @Test(
        arguments: [
            false, ["enum": []], ["type": "array", "items": true, "minItems": 3, "maxItems": 1],
            ["type": "integer", "minimum": 3, "maximum": 2], ["type": "string", "enum": [1]],
            ["allOf": [["type": "string"], ["type": "integer"]]],
            ["type": "object", "required": ["a"], "properties": ["a": false]],
            ["type": "object", "required": ["next"], "properties": ["next": ["$ref": "#"]]],
            ["type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 1],
        ] as [JSONValue])
    func `a schema that allows nothing is an error before anything is generated`(_ schema: JSONValue) {
        let error = #expect(throws: GrammarError.self) { try CompiledGrammar(.schema(schema)) }
        #expect(error?.code == .schemaUnsatisfiable)
    }

    @Test func `what is no schema is refused with its place`() {
        let cases: [(JSONValue, String)] = [
            (["type": "object", "properties": ["a": ["type": "text"]]], "/properties/a/type"),
            (["type": "object", "properties": ["a": 5]], "/properties/a"),
            (["$ref": "#/nowhere"], "#/nowhere"), (["type": "string", "minLength": "2"], "/minLength"),
            (["anyOf": 3], "/anyOf"),
        ]
        for (schema, place) in cases {
            let error = #expect(throws: GrammarError.self) { try CompiledGrammar(.schema(schema)) }
            #expect(error?.message.contains(place) == true, "\(error?.message ?? "")")
        }
    }

    @Test(
        arguments: [
            ("required", true), ("required", [1]), ("properties", []), ("pattern", 5), ("format", 1),
            ("prefixItems", [:]), ("prefixItems", [5]), ("items", "x"), ("multipleOf", 0), ("multipleOf", -2),
            ("multipleOf", "2"), ("minLength", -1), ("maxItems", 2.5), ("maxLength", "2"), ("minimum", "1"),
            ("exclusiveMinimum", "1"), ("additionalProperties", 5), ("uniqueItems", 1), ("nullable", "yes"),
            ("type", 5), ("type", []), ("enum", 1), ("patternProperties", []), ("not", 1), ("minProperties", -1),
        ] as [(String, JSONValue)])
    func `a keyword with a value that it cannot have is refused, not skipped`(_ keyword: String, _ value: JSONValue) {
        var inner: JSONObject = ["type": "string"]
        inner[keyword] = value
        let error = #expect(throws: GrammarError.self) {
            try CompiledGrammar(.schema(["properties": ["a": .object(inner)], "required": ["a"]]))
        }
        #expect(error?.code == .schemaInvalid)
        #expect(error?.message.contains("/properties/a/\(keyword)") == true, "\(error?.message ?? "")")
    }

    @Test
    func `a condition that is too deep is left to be checked; one that is no schema is refused, whatever it is named`()
        throws
    {
        var nested: JSONValue = ["type": "string"]
        for _ in 0..<100 { nested = ["allOf": [nested]] }
        #expect(try CompiledGrammar(.schema(["if": nested, "then": true])).unenforced == ["/if"])
        let error = #expect(throws: GrammarError.self) {
            try CompiledGrammar(.schema(["properties": ["deep": ["if": ["type": "text"], "then": true]]]))
        }
        #expect(error?.code == .schemaInvalid && error?.isTooDeep == false)
    }

    @Test func `of what allows nothing, the place that matters is named`() {
        let cases: [(JSONValue, String)] = [
            (
                [
                    "properties": ["a": ["type": "integer", "minimum": 3, "maximum": 2], "b": ["enum": []]],
                    "required": ["b"],
                ], "/properties/b/enum"
            ),
            (
                [
                    "required": ["b"],
                    "properties": [
                        "b": ["allOf": [["anyOf": [false, ["type": "string"]]], ["type": "integer"]]]
                    ],
                ], "/properties/b: its parts"
            ),
            (["required": ["n"], "properties": ["a": false, "n": ["$ref": "#"]]], "only lead to themselves"),
        ]
        for (schema, words) in cases {
            let error = #expect(throws: GrammarError.self) { try CompiledGrammar(.schema(schema)) }
            #expect(error?.code == .schemaUnsatisfiable)
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `hostile schemas are refused or compiled, and never run away`() throws {
        var nested: JSONValue = ["type": "string"]
        for _ in 0..<500 { nested = ["type": "array", "items": nested] }
        #expect(throws: GrammarError.self) { try CompiledGrammar(.schema(nested)) }
        let loop: JSONValue = ["allOf": [["$ref": "#"]]]
        #expect(throws: GrammarError.self) { try CompiledGrammar(.schema(loop)) }
        let two: JSONValue = ["anyOf": [["minLength": 1], ["minLength": 2]]]
        let many: JSONValue = ["allOf": .array(Array(repeating: two, count: 12))]
        #expect(throws: GrammarError.self) { try CompiledGrammar(.schema(many)) }
        let long: JSONValue = ["type": "string", "minLength": 100_000, "maxLength": 1_000_000]
        #expect(try !long.allows(#""short""#))
        #expect(try (["type": "string", "pattern": "^(a*)*$"] as JSONValue).allows(#""aaaa""#))
    }
}
