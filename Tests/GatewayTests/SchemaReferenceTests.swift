import Core
import Testing

@testable import Gateway

struct SchemaReferenceTests {
    @Test func `references are written out, into arrays and by anchors too`() throws {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "left": ["anyOf": [["type": "string"], ["type": "null"]]],
                "right": ["$ref": "#/properties/left/anyOf/0"], "day": ["$ref": "#day", "description": "when"],
                "odd": ["$ref": "#/$defs/a~1b%20c"],
            ],
            "$defs": ["Day": ["$anchor": "day", "type": "string", "format": "date"], "a/b c": ["type": "integer"]],
        ]
        let inlined = try SchemaReferences.inlined(schema, at: "x")
        #expect(inlined["properties"]?["right"] == ["type": "string"])
        #expect(inlined["properties"]?["day"]?["format"] == "date")
        #expect(inlined["properties"]?["day"]?["description"] == "when")
        #expect(inlined["properties"]?["odd"] == ["type": "integer"])
        #expect(inlined["$defs"] == nil)
    }

    @Test func `a schema that contains itself keeps the way back`() throws {
        let node: JSONValue = [
            "type": "object",
            "properties": ["value": ["type": "string"], "children": ["items": ["$ref": "#/$defs/Node"]]],
        ]
        let schema: JSONValue = ["properties": ["root": ["$ref": "#/$defs/Node"]], "$defs": ["Node": node]]
        let inlined = try SchemaReferences.inlined(schema, at: "x")
        #expect(inlined["properties"]?["root"]?["properties"]?["value"] == ["type": "string"])
        #expect(inlined.target(ofReference: "#/$defs/Node") == node)
        let whole: JSONValue = ["properties": ["next": ["$ref": "#"]]]
        #expect(try SchemaReferences.inlined(whole, at: "x") == whole)
    }

    @Test func `what is said beside a reference does not replace what the reference asks`() throws {
        let schema: JSONValue = [
            "properties": ["a": ["$ref": "#/$defs/A", "minLength": 3]],
            "$defs": ["A": ["type": "string", "minLength": 5]],
        ]
        #expect(
            try SchemaReferences.inlined(schema, at: "x")["properties"]?["a"]
                == ["allOf": [["type": "string", "minLength": 5], ["minLength": 3]]])
    }

    @Test func `references in references that stand for very many are left as they are`() throws {
        var definitions: JSONObject = ["d0": ["type": "string"]]
        for level in 1...20 {
            let below = JSONValue.object(["$ref": .string("#/$defs/d\(level - 1)")])
            definitions["d\(level)"] = ["properties": ["a": below, "b": below]]
        }
        let schema: JSONValue = ["properties": ["x": ["$ref": "#/$defs/d20"]], "$defs": .object(definitions)]
        #expect(try SchemaReferences.inlined(schema, at: "x") == schema)
    }

    @Test(arguments: ["other.json", "#/$defs/B", "#b", "https://example.com/a.json#/x"])
    func `a reference that leads nowhere is an error that names it`(reference: String) {
        let error = #expect(throws: APIError.self) {
            try SchemaReferences.inlined(["properties": ["a": ["$ref": .string(reference)]]], at: "tools[0]")
        }
        #expect(error?.message.contains(reference) == true)
        #expect(error?.parameter == "tools[0]")
    }
}
