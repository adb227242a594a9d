import Core
import Testing

@testable import Plugins

@Suite("Arguments against their schema")
struct ArgumentTests {
    /// What is wrong with the value of an argument `a`.
    private func problems(_ value: JSONValue, _ schema: JSONValue) -> [String] {
        problems(["a": value], properties: ["a": schema], order: ["a"])
    }

    private func problems(
        _ arguments: JSONValue, properties: JSONValue, order: [String], required: JSONValue = []
    ) -> [String] {
        ArgumentChecker.problems(
            in: arguments,
            of: Tool(
                plugin: "p", operation: "op", description: "",
                parameters: [
                    "type": "object", "properties": properties, "required": required, "additionalProperties": false,
                ], parameterOrder: order, isReadOnly: true))
    }

    @Test func `a missing argument and an unknown one are named, with the nearest known`() {
        let properties: JSONValue = ["city": ["type": "string"], "days": ["type": "integer"]]
        #expect(
            problems(["cty": "Oslo"], properties: properties, order: ["city", "days"], required: ["city"]) == [
                "cty: op has no such argument; did you mean city?", "city: is required",
            ])
        #expect(
            problems(["planet": "Mars"], properties: properties, order: ["city", "days"]) == [
                "planet: op has no such argument; it takes city, days"
            ])
        #expect(problems(["x": 1], properties: [:], order: []) == ["x: op has no such argument; it takes none"])
        #expect(problems("Oslo", properties: properties, order: ["city"]) == ["arguments: must be an object"])
    }

    @Test(
        arguments: [
            (5, "integer", true), (5.5, "integer", false), ("5", "integer", false), (5, "number", true),
            (true, "boolean", true), (1, "boolean", false), (nil, "null", true), (nil, "string", false),
            ([1], "array", true), (["a": 1], "object", true), ([1], "object", false),
        ] as [(JSONValue, String, Bool)])
    func `types are held to`(value: JSONValue, type: String, fits: Bool) {
        #expect(problems(value, ["type": .string(type)]).isEmpty == fits)
    }

    @Test func `a wrong type says what is expected and what came`() {
        #expect(problems("5", ["type": "integer"]) == ["a: must be an integer, not \"5\""])
        #expect(problems(true, ["type": ["string", "null"]]) == ["a: must be a string or null, not true"])
        #expect(problems("x", ["enum": ["a", "b"]]) == [#"a: must be one of "a", "b", not "x""#])
    }

    @Test(
        arguments: [
            (["minimum": 1], 1, 0), (["maximum": 1], 1, 2), (["exclusiveMinimum": 1], 1.1, 1),
            (["exclusiveMaximum": 1], 0, 1), (["multipleOf": 0.1], 0.3, 0.35), (["enum": [1, 2]], 2, 3),
            (["const": "x"], "x", "y"), (["minLength": 2], "éé", "é"), (["maxLength": 2], "éé", "ééé"),
            (["pattern": "^[a-z]+$"], "abc", "aBc"), (["format": "date"], "2026-06-21", "21.06.2026"),
            (["format": "date"], "2026-12-31", "2026-13-01"), (["format": "time"], "23:59", "24:00"),
            (["format": "date-time"], "2026-06-21T12:00:00Z", "noon"),
            (["format": "uuid"], "123e4567-e89b-12d3-a456-426614174000", "123"), (["format": "email"], "a@b", "a"),
            (["format": "uri"], "https://a", "a b"), (["minItems": 1], [1], []), (["maxItems": 1], [1], [1, 2]),
            (["uniqueItems": true], [1, 2], [1, 1]), (["minProperties": 1], ["x": 1], [:]),
            (["items": ["type": "integer"]], [1, 2], [1, "2"]),
            (["prefixItems": [["type": "string"]], "items": ["type": "integer"]], ["a", 1], [1, 1]),
            (["not": ["type": "string"]], 1, "a"), (["anyOf": [["type": "string"], ["minimum": 5]]], 5, 4),
            (["oneOf": [["minimum": 1], ["maximum": 5]]], 0, 3), (["allOf": [["minimum": 1], ["maximum": 5]]], 3, 6),
        ] as [(JSONValue, JSONValue, JSONValue)])
    func `bounds, lengths, patterns and formats are held to`(schema: JSONValue, right: JSONValue, wrong: JSONValue) {
        #expect(problems(right, schema) == [])
        #expect(problems(wrong, schema) != [])
    }

    @Test func `places lead into lists and objects`() {
        let schema: JSONValue = [
            "type": "array",
            "items": [
                "type": "object", "required": ["name"], "properties": ["age": ["type": "integer"]],
                "patternProperties": ["^x-": ["type": "string"]], "additionalProperties": ["type": "boolean"],
            ],
        ]
        #expect(
            problems([["name": true, "x-note": "a"], ["age": "old", "x-note": 1, "other": 2]], schema) == [
                "a[1].name: is required", "a[1].age: must be an integer, not \"old\"",
                "a[1].other: must be a boolean, not 2", "a[1].x-note: must be a string, not 1",
            ])
    }
}
