import Core
import Grammar
import Testing

struct ReferenceTests {
    @Test func `a reference among alternatives may lead back`() throws {
        // What pydantic writes of `next: Optional["Node"]`.
        let node: JSONValue = [
            "$ref": "#/$defs/N",
            "$defs": [
                "N": [
                    "type": "object",
                    "properties": ["next": ["anyOf": [["$ref": "#/$defs/N"], ["type": "null"]], "default": nil]],
                ]
            ],
        ]
        #expect(try node.allows(#"{"next": {"next": {"next": null}}}"#) && node.allows("{}"))
        #expect(try !node.allows(#"{"next": 1}"#))
        var deep = "{}"
        for _ in 0..<100 { deep = #"{"next": \#(deep)}"# }
        #expect(try node.allows(deep))
    }

    @Test(arguments: ["nullable", "maxProperties", "type"])
    func `a reference with keywords beside it may lead back`(_ keyword: String) throws {
        let values: JSONObject = ["nullable": true, "maxProperties": 3, "type": "object"]
        let reference = JSONValue.object(["$ref": "#/$defs/N", keyword: values[keyword] ?? nil])
        let node: JSONValue = [
            "$ref": "#/$defs/N", "$defs": ["N": ["type": "object", "properties": ["next": reference]]],
        ]
        #expect(try node.allows(#"{"next": {"next": {}}}"#) && !node.allows(#"{"next": 1}"#))
    }

    @Test func `chains of such references are compiled once each`() throws {
        var definitions: JSONObject = ["d0": ["type": "integer"]]
        for index in 1...40 {
            let below: JSONValue = ["anyOf": [["$ref": .string("#/$defs/d\(index - 1)")], ["type": "null"]]]
            let other: JSONValue = ["$ref": .string("#/$defs/d\(index - 1)"), "nullable": true]
            definitions["d\(index)"] = [
                "type": "object", "required": ["a", "b"], "properties": ["a": below, "b": other],
            ]
        }
        let schema: JSONValue = ["$ref": "#/$defs/d40", "$defs": .object(definitions)]
        var text = "null"
        for _ in 0..<3 { text = #"{"a": \#(text), "b": 1}"# }
        #expect(try !schema.allows(text))
        #expect(
            try (["$ref": "#/$defs/d2", "$defs": .object(definitions)] as JSONValue)
                .allows(#"{"a": {"a": null, "b": 5}, "b": {"a": 1, "b": 2}}"#))
    }

    @Test(
        arguments: [
            (["type": ["object", "null"]], true), (["type": "object"], false), ([:], true),
        ] as [(JSONValue, Bool)])
    func `alternatives of oneOf are told apart by members only where both are objects and nothing else`(
        _ base: JSONValue, _ isReported: Bool
    ) throws {
        func alternative(_ value: JSONValue) -> JSONValue {
            .object(
                (base.object ?? [:]).merging(["required": ["k"], "properties": ["k": ["const": value]]]) { $1 })
        }
        let schema: JSONValue = ["oneOf": [alternative(1), alternative(2)]]
        #expect(try schema.unenforced.isEmpty == !isReported)
        // What stands beside the alternatives is asked of each.
        let beside = JSONValue.object(
            (base.object ?? [:]).merging([
                "oneOf": [
                    ["required": ["k"], "properties": ["k": ["const": 1]]],
                    ["required": ["k"], "properties": ["k": ["const": 2]]],
                ]
            ]) { $1 })
        #expect(try beside.unenforced.isEmpty == !isReported)
    }

    @Test func `1 and 1.0 are one value`() throws {
        #expect(try (["oneOf": [["enum": [1, 2]], ["enum": [.number(1), 3]]]] as JSONValue).unenforced == ["/oneOf"])
        #expect(try (["oneOf": [["enum": [1, 2]], ["enum": [.number(1.5), 3]]]] as JSONValue).unenforced == [])
        #expect(try (["type": "integer", "const": .number(3)] as JSONValue).allows("3"))
    }
}
