import Core
import Testing

@testable import Grammar

/// Schemas as OpenAI's clients, Pydantic, zod and TypeBox write them: what is enforced, by kind.
@Suite(.timeLimit(.minutes(2)))
struct ClientSchemaTests {
    private func check(
        _ schema: JSONValue, allows right: [String], notAllows wrong: [String], unenforced: [String] = []
    ) throws {
        let grammar = try CompiledGrammar(.schema(schema))
        #expect(grammar.unenforced == unenforced, "\(schema.text)")
        for text in right { #expect(try schema.allows(text), "\(schema.text) allows \(text)") }
        for text in wrong { #expect(try !schema.allows(text), "\(schema.text) does not allow \(text)") }
        // What is generated validates, whatever was enforced.
        guard grammar.unenforced.isEmpty else { return }
        var walk = RandomWalk(grammar, seed: 11)
        for _ in 0..<20 {
            guard let text = walk.text() else { continue }
            let verdict = SchemaValidator.verdict(on: try JSONValue(parsing: text), of: schema)
            #expect(verdict.isInstance, "\(schema.text): \(text) \(verdict)")
        }
    }

    @Test(arguments: ClientSchemas.all.map(\.name))
    func `what clients send is taken, and what is generated under it validates`(name: String) throws {
        let json = try #require(ClientSchemas.all.first { $0.name == name }?.json)
        let schema = try JSONValue(parsing: json)
        let grammar = try CompiledGrammar(.schema(schema))
        // Sets of anything are checked; a length of thousands beside a format too.
        let checked = ["uniqueItems", "minLength", "maxLength", "format"]
        #expect(
            grammar.unenforced.allSatisfy { place in checked.contains { place.hasSuffix("/\($0)") } },
            "\(grammar.unenforced)")
        var walk = RandomWalk(grammar, seed: 3)
        var finished = 0
        for _ in 0..<15 {
            guard let text = walk.text() else { continue }
            finished += 1
            let verdict = SchemaValidator.verdict(on: try JSONValue(parsing: text), of: schema)
            #expect(verdict.unchecked == [], "\(verdict)")
            let problems = verdict.problems.filter { !$0.contains("the same item twice") }
            #expect(problems == [], "\(text)")
        }
        #expect(finished > 0)
    }

    // MARK: Texts

    @Test func `lengths hold beside patterns, formats and other patterns`() throws {
        try check(
            ["type": "string", "pattern": "^[a-z]+$", "maxLength": 8], allows: [#""abcdefgh""#, #""a""#],
            notAllows: [#""abcdefghi""#, #""A""#, #""""#])
        try check(
            ["type": "string", "pattern": "^a.*b$", "minLength": 4, "maxLength": 5],
            allows: [#""axxb""#, #""aéxxb""#, #""a\"\\b""#],
            notAllows: [#""ab""#, #""axxxxb""#])
        try check(
            ["type": "string", "pattern": "^(ab|c)+$", "minLength": 3, "maxLength": 4],
            allows: [#""abc""#, #""abab""#, #""cccc""#], notAllows: [#""ab""#, #""ababc""#, #""abb""#])
        try check(
            ["allOf": [["type": "string", "pattern": "a"], ["pattern": "b"], ["minLength": 3, "maxLength": 3]]],
            allows: [#""bxa""#, #""aab""#], notAllows: [#""aaa""#, #""ab""#])
        try check(
            ["type": "string", "format": "email", "maxLength": 12], allows: [#""a@b.example""#],
            notAllows: [#""ann@long.example""#, #""ann""#])
        try check(
            ["type": "string", "format": "date", "pattern": "^2026-"], allows: [#""2026-02-28""#],
            notAllows: [#""2025-02-28""#, #""2026-02-30""#])
        let long: JSONValue = ["type": "string", "pattern": "^(ab|c)*$", "minLength": 9000, "maxLength": 9000]
        #expect(try long.unenforced.contains("/maxLength"))
    }

    @Test func `look-ahead at a pattern's beginning is what the whole text must be, and must not be`() throws {
        try check(
            ["type": "string", "pattern": "^(?=.*[0-9])(?=.*[a-z])(?!.*__)[a-z0-9_]{4,6}$"],
            allows: [#""abc1""#, #""1_a_2b""#], notAllows: [#""abcd""#, #""1__a""#, #""1a""#])
        // zod's e-mail.
        let zod = #"^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$"#
        try check(
            ["type": "string", "format": "email", "pattern": .string(zod)], allows: [#""ann.b@mail.example""#],
            notAllows: [#"".ann@mail.example""#, #""ann..b@mail.example""#, #""ann""#])
        #expect(try (["type": "string", "pattern": "^a(?<=a)b"] as JSONValue).unenforced == ["/pattern"])
        try check(["type": "string", "pattern": "^(?<year>[0-9]{4})$"], allows: [#""2026""#], notAllows: [#""x""#])
    }

    @Test func `texts that meet nothing together are refused with the place`() throws {
        for schema in [
            ["properties": ["a": ["type": "string", "pattern": "^ab$", "minLength": 5]], "required": ["a"]],
            ["properties": ["a": ["type": "string", "pattern": "^(a|bb)$", "minLength": 3]], "required": ["a"]],
            [
                "properties": ["a": ["allOf": [["pattern": "^a", "type": "string"], ["pattern": "^b"]]]],
                "required": ["a"],
            ],
        ] as [JSONValue] {
            let error = #expect(throws: GrammarError.self) { try CompiledGrammar(.schema(schema)) }
            #expect(error?.code == .schemaUnsatisfiable)
            #expect(error?.message.contains("/properties/a") == true, "\(error?.message ?? "")")
        }
    }

    @Test func `formats that are known are held to, others are annotations`() throws {
        try check(
            ["type": "string", "format": "ipv6"],
            allows: [#""::1""#, #""2001:db8::ff00:42:8329""#, #""1:2:3:4:5:6:7:8""#, #""::ffff:1.2.3.4""#, #""::""#],
            notAllows: [#""1:2:3""#, #""1:2:3:4:5:6:7:8:9""#, #""1::2::3""#, #""12345::""#])
        try check(
            ["type": "string", "format": "duration"], allows: [#""P3D""#, #""PT1H30M""#, #""P1Y2M3DT4S""#, #""P2W""#],
            notAllows: [#""P""#, #""PT""#, #""3D""#, #""P1D1Y""#])
        try check(
            ["type": "string", "format": "hostname"], allows: [#""a-b.example""#], notAllows: [#""a b""#, #""-a""#])
        for format in ["phone", "cuid2", "json-pointer", "int64", "byte"] {
            try check(["type": "string", "format": .string(format)], allows: [#""anything at all""#], notAllows: ["1"])
        }
    }

    // MARK: What is not, and what depends

    @Test func `what is not allowed falls away where its opposite can be said`() throws {
        try check(
            ["anyOf": [["anyOf": [["not": [:]], ["type": "boolean"]]], ["type": "null"]]], allows: ["true", "null"],
            notAllows: ["1", #""x""#])
        try check(
            ["type": "string", "not": ["enum": ["root", "admin"]], "pattern": "^[a-z]+$"],
            allows: [#""roo""#, #""roots""#],
            notAllows: [#""root""#, #""admin""#])
        try check(
            ["type": "string", "not": ["pattern": "^x"], "maxLength": 3], allows: [#""ax""#, #""""#],
            notAllows: [#""xa""#, #""abcd""#])
        try check(["enum": [1, 2, 3], "not": ["const": 2]], allows: ["1", "3"], notAllows: ["2"])
        try check(
            ["type": ["string", "null", "boolean"], "not": ["type": "null"]], allows: ["true"], notAllows: ["null"])
        try check(["type": "integer", "not": ["minimum": 5]], allows: ["4", "-1"], notAllows: ["5"])
        try check(
            [
                "type": "object", "properties": ["a": ["type": "null"], "b": ["type": "null"]],
                "not": ["required": ["a", "b"]],
            ],
            allows: ["{}", #"{"a": null}"#, #"{"b": null}"#], notAllows: [#"{"a": null, "b": null}"#])
        #expect(throws: GrammarError.self) { try CompiledGrammar(.schema(["not": true])) }
        #expect(try (["type": "array", "not": ["items": ["type": "null"]]] as JSONValue).unenforced == ["/not"])
    }

    @Test func `what depends on a member is asked for where the member is there`() throws {
        let members: JSONValue = ["a": ["type": "null"], "b": ["type": "null"], "kind": ["enum": ["x", "y"]]]
        try check(
            ["type": "object", "properties": members, "dependentRequired": ["a": ["b"]]],
            allows: ["{}", #"{"b": null}"#, #"{"a": null, "b": null}"#], notAllows: [#"{"a": null}"#])
        try check(
            ["type": "object", "properties": members, "dependentSchemas": ["a": ["required": ["kind"]]]],
            allows: ["{}", #"{"kind": "x", "a": null}"#], notAllows: [#"{"a": null}"#])
        try check(
            [
                "type": "object", "properties": members, "required": ["kind"],
                "if": ["properties": ["kind": ["const": "x"]], "required": ["kind"]],
                "then": ["required": ["kind", "a"]],
                "else": ["properties": ["a": false]],
            ],
            allows: [#"{"kind": "x", "a": null}"#, #"{"kind": "y"}"#, #"{"kind": "y", "b": null}"#],
            notAllows: [#"{"kind": "x"}"#, #"{"kind": "y", "a": null}"#])
    }

    // MARK: Objects and lists

    @Test func `names that are not declared are held to patterns and to what names may be`() throws {
        try check(
            [
                "type": "object", "patternProperties": ["^n_": ["type": "integer"], "_x$": ["minimum": 5]],
                "additionalProperties": false,
            ],
            allows: ["{}", #"{"n_a": 1}"#, #"{"n_x": 7, "b_x": 5}"#],
            notAllows: [#"{"m": 1}"#, #"{"n_a": "s"}"#, #"{"n_x": 1}"#])
        try check(
            ["type": "object", "propertyNames": ["pattern": "^[a-z]{1,3}$"], "additionalProperties": ["type": "null"]],
            allows: ["{}", #"{"abc": null}"#], notAllows: [#"{"abcd": null}"#, #"{"A": null}"#])
        try check(
            ["type": "object", "propertyNames": ["enum": ["en", "de"]], "additionalProperties": ["type": "null"]],
            allows: ["{}", #"{"en": null, "de": null}"#], notAllows: [#"{"fr": null}"#])
        try check(
            [
                "allOf": [["$ref": "#/$defs/base"], ["properties": ["b": ["type": "null"]]]], "type": "object",
                "unevaluatedProperties": false, "$defs": ["base": ["properties": ["a": ["type": "null"]]]],
            ],
            allows: [#"{"a": null, "b": null}"#], notAllows: [#"{"c": null}"#])
    }

    @Test func `how many members there are is counted`() throws {
        let members: JSONValue = ["a": ["type": "null"], "b": ["type": "null"], "c": ["type": "null"]]
        try check(
            ["type": "object", "properties": members, "minProperties": 1, "maxProperties": 2],
            allows: [#"{"c": null}"#, #"{"a": null, "c": null}"#],
            notAllows: ["{}", #"{"a": null, "b": null, "c": null}"#])
        try check(
            ["type": "object", "additionalProperties": ["type": "null"], "minProperties": 1], allows: [#"{"x": null}"#],
            notAllows: ["{}"])
        #expect(throws: GrammarError.self) {
            try CompiledGrammar(
                .schema(["type": "object", "properties": members, "additionalProperties": false, "minProperties": 4]))
        }
    }

    @Test func `lists hold what they must, and constants once`() throws {
        try check(
            ["type": "array", "items": ["enum": ["a", "b", "c"]], "uniqueItems": true, "minItems": 1],
            allows: [#"["a"]"#, #"["c", "a"]"#, #"["b", "c", "a"]"#],
            notAllows: ["[]", #"["a", "a"]"#, #"["a", "b", "a"]"#])
        try check(
            ["type": "array", "items": ["type": ["integer", "null"]], "contains": ["type": "null"], "maxItems": 3],
            allows: ["[null]", "[1, null]", "[null, 1, 2]"], notAllows: ["[]", "[1, 2]", "[1, 2, 3, null]"])
        #expect(throws: GrammarError.self) {
            try CompiledGrammar(
                .schema(["type": "array", "items": ["enum": ["a"]], "uniqueItems": true, "minItems": 2]))
        }
        #expect(
            try (["type": "array", "items": ["type": "string"], "uniqueItems": true] as JSONValue).unenforced
                == ["/uniqueItems"])
    }

    @Test func `amounts of money have two digits behind the point`() throws {
        try check(
            ["type": "number", "multipleOf": 0.01, "minimum": 0, "maximum": 100], allows: ["19.99", "0", "100", "0.5"],
            notAllows: ["19.999", "100.01", "-1"])
    }

    // MARK: References and annotations

    @Test func `references lead by pointer, anchor and identifier, into lists too`() throws {
        try check(
            [
                "$id": "https://example.com/root.json", "type": "object", "required": ["left", "right", "day", "id"],
                "properties": [
                    "left": ["anyOf": [["type": "null"], ["type": "boolean"]]],
                    "right": ["$ref": "#/properties/left/anyOf/0"], "day": ["$ref": "#day"], "id": ["$ref": "id.json"],
                ],
                "$defs": [
                    "Day": ["$anchor": "day", "enum": ["Mon"]],
                    "Id": ["$id": "https://example.com/id.json", "const": 7],
                ],
            ],
            allows: [#"{"left": true, "right": null, "day": "Mon", "id": 7}"#],
            notAllows: [#"{"left": true, "right": true, "day": "Mon", "id": 7}"#])
        try check(
            ["$dynamicRef": "#node", "$defs": ["n": ["$dynamicAnchor": "node", "const": 1]]], allows: ["1"],
            notAllows: ["2"])
        try check(
            ["allOf": [["$ref": "#/$defs/a"]], "nullable": true, "$defs": ["a": ["const": 1]]], allows: ["1", "null"],
            notAllows: ["2"])
    }

    @Test func `annotations say nothing, and a discriminator says what its alternatives do`() throws {
        try check(
            [
                "oneOf": [
                    ["type": "object", "required": ["t"], "properties": ["t": ["const": "a"]], "x-order": 1],
                    ["type": "object", "required": ["t"], "properties": ["t": ["const": "b"]], "readOnly": true],
                ],
                "discriminator": ["propertyName": "t", "mapping": ["a": "#/a"]], "title": "T", "$comment": "c",
                "default": ["t": "a"], "examples": [["t": "b"]], "deprecated": true,
                "$schema": "https://json-schema.org/draft/2020-12/schema",
            ],
            allows: [#"{"t": "a"}"#, #"{"t": "b"}"#], notAllows: [#"{"t": "c"}"#])
    }

    @Test func `what no reader can make anything of is taken out, with its place`() throws {
        let (cleaned, ignored) = SchemaCleaning.cleaned([
            "type": "OBJECT",
            "properties": [
                "a": ["type": "string", "required": true, "enum": nil, "minLength": "3"],
                "b": ["type": "any", "items": nil], "c": 5,
            ],
            "anyOf": [],
        ])
        #expect(
            cleaned == [
                "type": "object", "properties": ["a": ["type": "string"], "b": [:]], "required": ["a"],
            ])
        #expect(ignored == ["/properties/a/minLength", "/properties/b/type", "/properties/c", "/anyOf"])
        #expect(try cleaned.unenforced.isEmpty)
    }

    @Test func `validation knows what is evaluated, dynamic references and nullable references`() {
        let schema: JSONValue = [
            "allOf": [["properties": ["a": true]]],
            "anyOf": [["properties": ["b": ["const": 1]], "required": ["b"]], true],
            "unevaluatedProperties": false,
        ]
        func verdict(_ value: JSONValue, _ schema: JSONValue) -> SchemaVerdict {
            SchemaValidator.verdict(on: value, of: schema)
        }
        #expect(verdict(["a": 1, "b": 1], schema).isInstance)
        #expect(!verdict(["a": 1, "b": 2], schema).problems.isEmpty)
        #expect(!verdict(["c": 1], schema).problems.isEmpty)
        let items: JSONValue = [
            "allOf": [["prefixItems": [true]]], "contains": ["const": 7], "unevaluatedItems": false,
        ]
        #expect(verdict([1, 7], items).isInstance && !verdict([1, 7, 2], items).problems.isEmpty)
        #expect(verdict(nil, ["allOf": [["type": "string"]], "nullable": true]).isInstance)
        #expect(verdict("a", ["pattern": "^(?=a)(?!b)"]).isInstance)
    }
}
