import Core
import Grammar
import Testing

struct SchemaTests {
    @Test func `required members are written in their order, optional ones may be left out`() throws {
        let schema: JSONValue = [
            "type": "object", "required": ["city"],
            "properties": ["city": ["type": "string"], "days": ["type": "integer"], "unit": ["enum": ["C", "F"]]],
        ]
        for text in [
            #"{"city": "Paris"}"#, #"{"city": "", "days": -3}"#, #"{"city": "a\"b", "unit": "C"}"#,
            #"{"city": "é", "days": 0, "unit": "F"}"#,
        ] { #expect(try schema.allows(text), "\(text)") }
        for text in [
            #"{}"#, #"{"days": 1}"#, #"{"city": "Paris", "unit": "K"}"#, #"{"city": "Paris", "more": 1}"#,
            #"{"city":"Paris"}"#, #"{"city": "Paris"} "#, #"{"city": "Paris", "days": 01}"#, #"{"city": 1}"#,
        ] { #expect(try !schema.allows(text), "\(text)") }
        #expect(try schema.unenforced.isEmpty)
    }

    @Test func `additional members must be what the schema says, and none of the declared ones again`() throws {
        let schema: JSONValue = [
            "properties": ["a": ["type": "integer"], "ab": true], "additionalProperties": ["type": "boolean"],
        ]
        #expect(try schema.allows(#"{"a": 1, "b": true}"#))
        #expect(try schema.allows(#"{"abc": false, "": true}"#))
        #expect(try !schema.allows(#"{"a": true}"#))
        #expect(try !schema.allows(#"{"b": true, "a": true}"#))
        #expect(try !schema.allows(#"{"b": 1}"#))
    }

    @Test func `types may be several, and OpenAPI's nullable is one of them`() throws {
        let schema: JSONValue = ["type": ["string", "integer"], "nullable": true]
        for text in [#""x""#, "5", "null"] { #expect(try schema.allows(text)) }
        for text in ["true", "5.5", "[]"] { #expect(try !schema.allows(text)) }
    }

    @Test func `arrays keep their bounds and the types of their places`() throws {
        let bounded: JSONValue = ["type": "array", "items": ["type": "integer"], "minItems": 2, "maxItems": 3]
        #expect(try bounded.allows("[1, 2]") && bounded.allows("[1, 2, 3]"))
        #expect(try !bounded.allows("[1]") && !bounded.allows("[1, 2, 3, 4]") && !bounded.allows("[]"))
        let tuple: JSONValue = [
            "type": "array", "prefixItems": [["type": "string"], ["type": "boolean"]], "items": ["type": "null"],
            "minItems": 1, "maxItems": 4,
        ]
        for text in [#"["a"]"#, #"["a", true]"#, #"["a", true, null, null]"#] {
            #expect(try tuple.allows(text), "\(text)")
        }
        for text in ["[]", "[true]", #"["a", null]"#, #"["a", true, null, null, null]"#] {
            #expect(try !tuple.allows(text), "\(text)")
        }
        let long: JSONValue = ["type": "array", "items": ["const": 1], "minItems": 500, "maxItems": 501]
        func ones(_ count: Int) -> String { "[" + Array(repeating: "1", count: count).joined(separator: ", ") + "]" }
        #expect(try long.allows(ones(500)) && long.allows(ones(501)))
        #expect(try !long.allows(ones(499)) && !long.allows(ones(502)))
    }

    @Test func `lengths count characters, whatever their bytes or escapes`() throws {
        let schema: JSONValue = ["type": "string", "minLength": 2, "maxLength": 3]
        for text in [#""éé""#, #""日本語""#, #""\n\"""#, "\"\u{1F600}a\""] { #expect(try schema.allows(text), "\(text)") }
        for text in [#""é""#, #""日本語日""#, #""\n""#, #""abcd""#] { #expect(try !schema.allows(text), "\(text)") }
    }

    @Test func `numbers stay within their bounds, to the last digit`() throws {
        let ranges: [(JSONValue, Double, Double)] = [
            (["type": "integer", "minimum": -12, "maximum": 105], -12, 105),
            (["type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 40], 3.5, 39.5),
            (["type": "integer", "minimum": 95], 95, .infinity),
            (["type": "integer", "maximum": -20], -.infinity, -20),
        ]
        for (schema, low, high) in ranges {
            for value in -130...130 {
                #expect(
                    try schema.allows("\(value)") == (low...high).contains(Double(value)), "\(schema.text) \(value)")
            }
        }
        let decimals: [(JSONValue, (Double) -> Bool)] = [
            (["type": "number", "minimum": -0.25, "maximum": 1.5], { -0.25 <= $0 && $0 <= 1.5 }),
            (["type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1], { 0 < $0 && $0 < 1 }),
            (["type": "number", "minimum": 2.75], { 2.75 <= $0 }),
            (["type": "number", "exclusiveMaximum": -1.05], { $0 < -1.05 }),
        ]
        for (schema, isIn) in decimals {
            for hundredth in -400...400 {
                let value = Double(hundredth) / 100
                let text = hundredth == 0 ? "0" : "\(value)"
                #expect(try schema.allows(text) == isIn(value), "\(schema.text) \(text)")
            }
        }
        #expect(try !(["type": "integer"] as JSONValue).allows("1.5"))
        #expect(try (["type": "integer", "minimum": 3, "exclusiveMinimum": true] as JSONValue).allows("4"))
        #expect(try !(["type": "integer", "minimum": 3, "exclusiveMinimum": true] as JSONValue).allows("3"))
    }

    @Test func `multiples are multiples`() throws {
        let schema: JSONValue = ["type": "integer", "multipleOf": 7]
        for value in -100...100 { #expect(try schema.allows("\(value)") == (value % 7 == 0)) }
        #expect(try (["type": "number", "multipleOf": 0.25] as JSONValue).unenforced == ["/multipleOf"])
    }

    @Test func `patterns hold, anchored or not`() throws {
        let code: JSONValue = ["type": "string", "pattern": #"^[A-Z]{2}-\d{3,4}(x|\.y)?$"#]
        for text in [#""AB-123""#, #""AB-1234x""#, #""XY-000.y""#] { #expect(try code.allows(text), "\(text)") }
        for text in [#""A-123""#, #""AB-12""#, #""AB-123z""#, #"" AB-123""#] {
            #expect(try !code.allows(text), "\(text)")
        }
        let inside: JSONValue = ["type": "string", "pattern": "b+"]
        #expect(try inside.allows(#""abba""#) && !inside.allows(#""aca""#))
        let quote: JSONValue = ["type": "string", "pattern": #"^["\\]$"#]
        #expect(try quote.allows(#""\"""#) && quote.allows(#""\\""#) && !quote.allows(#""x""#))
        #expect(try (["type": "string", "pattern": #"(?=a)b"#] as JSONValue).unenforced == ["/pattern"])
    }

    @Test(arguments: [
        (#"^\W$"#, ["-", " ", "\u{1F600}", "€"], ["é", "日", "a", "_", "\u{0663}"]),
        (#"^\D$"#, ["a", "é", "日", "\u{1F600}"], ["1", "\u{0663}"]),
        (#"^\w$"#, ["a", "Z", "0", "_"], ["é", "-"]), (#"^\d$"#, ["7"], ["\u{0663}", "a"]),
        (#"^\s$"#, [" ", "\u{a0}", "\u{3000}"], ["\u{feff}", "\u{85}", "a"]),
        (#"^\S$"#, ["a", "é", "日"], ["\u{feff}", "\u{85}", " "]),
        (#"^[^\W\d]$"#, ["a", "_"], ["é", "5", "-"]), (#"^[\W\d]$"#, ["5", "-"], ["é", "a"]),
    ])
    func `of a character class, only what every dialect takes is written`(
        _ pattern: String, _ taken: [String], _ refused: [String]
    ) throws {
        let schema: JSONValue = ["type": "string", "pattern": .string(pattern)]
        for text in taken { #expect(try schema.allows("\"\(text)\""), "\(pattern) \(text)") }
        for text in refused { #expect(try !schema.allows("\"\(text)\""), "\(pattern) \(text)") }
    }

    @Test func `formats hold, leap years included`() throws {
        func format(_ name: String) -> JSONValue { ["type": "string", "format": .string(name)] }
        for date in ["2024-02-29", "2000-02-29", "2026-11-30", "0001-01-01"] {
            #expect(try format("date").allows("\"\(date)\""), "\(date)")
        }
        for date in ["2023-02-29", "1900-02-29", "2026-11-31", "2026-13-01", "2026-00-10", "0000-01-01", "26-01-01"] {
            #expect(try !format("date").allows("\"\(date)\""), "\(date)")
        }
        #expect(try format("date-time").allows(#""2026-11-23T07:32:40.5+01:00""#))
        #expect(try !format("time").allows(#""24:00:00Z""#))
        #expect(try format("uuid").allows(#""123e4567-e89b-12d3-a456-426614174000""#))
        #expect(try format("email").allows(#""a.b+c@mail.example.com""#) && !format("email").allows(#""a@""#))
        #expect(
            try format("uri").allows(#""https://example.com:80/a/b?c=d#e""#) && !format("uri").allows(#""example""#))
        for uri in [
            "http://h:65535/", "https://xn--bcher-kva.example", "mailto:ann@example.org?subject=x",
            "urn:isbn:0451450523", "file:///etc/hosts", "tel:+491234",
        ] { #expect(try format("uri").allows("\"\(uri)\""), "\(uri)") }
        for uri in ["mailto:", "http:", "http://h:655350/", "city:Paris", "file://"] {
            #expect(try !format("uri").allows("\"\(uri)\""), "\(uri)")
        }
        #expect(try format("time").allows(#""01:02:03.123456789Z""#))
        #expect(try format("ipv4").allows(#""255.0.10.1""#) && !format("ipv4").allows(#""256.0.0.1""#))
        #expect(try format("hostname").unenforced.isEmpty && !format("hostname").allows(#""-a""#))
    }

    @Test func `a schema that contains itself allows any depth`() throws {
        let schema: JSONValue = [
            "$ref": "#/$defs/tree",
            "$defs": [
                "tree": [
                    "type": "object", "required": ["name"],
                    "properties": [
                        "name": ["const": "x"], "of": ["type": "array", "items": ["$ref": "#/$defs/tree"]],
                    ],
                ]
            ],
        ]
        #expect(try schema.allows(#"{"name": "x", "of": [{"name": "x"}, {"name": "x", "of": [{"name": "x"}]}]}"#))
        #expect(try !schema.allows(#"{"name": "x", "of": [{"of": []}]}"#))
        var deep = #"{"name": "x"}"#
        for _ in 0..<200 { deep = #"{"name": "x", "of": [\#(deep)]}"# }
        #expect(try schema.allows(deep))
    }

    @Test func `allOf asks for all, anyOf for one`() throws {
        let all: JSONValue = [
            "allOf": [
                ["type": "object", "required": ["a"], "properties": ["a": ["type": "integer", "minimum": 0]]],
                ["properties": ["a": ["maximum": 5], "b": ["type": "string"]], "required": ["b"]],
            ]
        ]
        #expect(try all.allows(#"{"a": 5, "b": ""}"#))
        #expect(try !all.allows(#"{"a": 6, "b": ""}"#) && !all.allows(#"{"a": 5}"#))
        let any: JSONValue = ["type": "string", "anyOf": [["maxLength": 1], ["enum": ["long", "longer"]]]]
        for text in [#""x""#, #""long""#] { #expect(try any.allows(text)) }
        #expect(try !any.allows(#""lo""#))
    }

    @Test func `oneOf is enforced where its alternatives exclude each other, and reported where they may not`() throws {
        let tagged: JSONValue = [
            "oneOf": [
                [
                    "type": "object", "required": ["kind"],
                    "properties": ["kind": ["const": "a"], "n": ["type": "integer"]],
                ],
                ["type": "object", "required": ["kind"], "properties": ["kind": ["const": "b"]]],
            ]
        ]
        #expect(try tagged.unenforced.isEmpty)
        #expect(try tagged.allows(#"{"kind": "a", "n": 1}"#) && !tagged.allows(#"{"kind": "b", "n": 1}"#))
        #expect(try (["oneOf": [["type": "integer"], ["type": "number"]]] as JSONValue).unenforced == ["/oneOf"])
    }

    @Test func `what is not enforced is named with its place`() throws {
        let schema: JSONValue = [
            "type": "object", "minProperties": 1,
            "properties": [
                "a/b": ["type": "array", "uniqueItems": true], "n": ["not": ["const": 1]],
                "t": ["type": "string", "title": "T", "default": "", "x-note": 1],
            ],
        ]
        #expect(try schema.unenforced == ["/properties/a~1b/uniqueItems", "/properties/n/not"])
    }

    @Test func `a member that is required twice is written once`() throws {
        let schema: JSONValue = ["required": ["a", "a"], "properties": ["a": ["type": "null"]]]
        #expect(try schema.allows(#"{"a": null}"#) && !schema.allows(#"{"a": null, "a": null}"#))
    }
}
