import Core
import Grammar
import Testing

struct SchemaGrammarTests {
    @Test("a required member is written, an optional one may be")
    func members() throws {
        let schema: JSONValue = [
            "type": "object", "required": ["city"],
            "properties": ["city": ["type": "string"], "days": ["type": "integer", "minimum": 0]],
        ]
        let (text, unenforced) = try SchemaGrammar.compile(schema)
        #expect(text.contains(#""\"city\": ""#))
        #expect(text.contains(#"| "}""#) || text.contains(#"| """#))
        #expect(unenforced.isEmpty)
    }

    @Test("what the grammar cannot enforce is named with its place")
    func unenforced() throws {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "code": ["type": "string", "pattern": "^[A-Z]+$"], "n": ["type": "number", "multipleOf": 5],
            ],
        ]
        #expect(
            try SchemaGrammar.compile(schema).unenforced.sorted() == [
                "/properties/code/pattern", "/properties/n/multipleOf",
            ])
    }

    @Test("a schema that allows nothing is an error before anything is generated")
    func unsatisfiable() {
        for schema: JSONValue in [false, ["enum": []], ["type": "array", "items": true, "minItems": 3, "maxItems": 1]] {
            let error = #expect(throws: GrammarError.self) { try SchemaGrammar.compile(schema) }
            #expect(error?.code == .unsatisfiable)
        }
    }

    @Test("what is no schema is refused with its place")
    func invalid() {
        let error = #expect(throws: GrammarError.self) {
            try SchemaGrammar.compile(["type": "object", "properties": ["a": ["type": "text"]]])
        }
        #expect(error?.message.contains("/properties/a/type") == true)
    }

    @Test("a schema that contains itself has a grammar that does")
    func recursion() throws {
        let schema: JSONValue = [
            "$ref": "#/$defs/tree",
            "$defs": [
                "tree": [
                    "type": "object", "properties": ["children": ["type": "array", "items": ["$ref": "#/$defs/tree"]]],
                ]
            ],
        ]
        #expect(try SchemaGrammar.compile(schema).text.contains("ref-0 ::="))
    }
}
