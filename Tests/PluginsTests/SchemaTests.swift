import Core
import Testing

@testable import Plugins

@Suite("Schemas")
struct SchemaTests {
    /// The schema of a query parameter `a`, and what reading warned of.
    private func schema(_ schema: String, components: String = "{}") throws -> (JSONValue, [String]) {
        let api = try read(
            head + """
                paths: {/a: {get: {summary: A, parameters: [{name: a, in: query, schema: \(schema)}]}}}
                components: {schemas: \(components)}
                """)
        return (api.operations[0].tool.parameters["properties"]?["a"] ?? .null, api.warnings)
    }

    @Test func `references are replaced, also through other references, and what is said beside them holds`() throws {
        let (found, warnings) = try schema(
            "{$ref: '#/components/schemas/Pet', description: The dog}",
            components:
                "{Pet: {$ref: '#/components/schemas/Animal~1Pet'}, Animal/Pet: {type: object, description: An animal, properties: {kind: {$ref: '#/components/schemas/Kind'}}}, Kind: {type: string, enum: [cat, dog]}}"
        )
        #expect(
            found == [
                "type": "object", "description": "The dog",
                "properties": ["kind": ["type": "string", "enum": ["cat", "dog"]]],
            ])
        #expect(warnings.isEmpty)
    }

    @Test func `a reference may point into a list`() throws {
        let api = try read(
            head + """
                paths:
                  /a: {get: {summary: A, parameters: [{name: a, in: query, schema: {type: integer}}]}}
                  /b: {get: {summary: B, parameters: [{$ref: '#/paths/~1a/get/parameters/0'}]}}
                """)
        #expect(api.operations[1].tool.parameters["properties"] == ["a": ["type": "integer"]])
    }

    @Test func `a schema that contains itself is cut where it does, with a warning`() throws {
        let (found, warnings) = try schema(
            "{$ref: '#/components/schemas/Tree'}",
            components:
                "{Tree: {type: object, properties: {name: {type: string}, children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}}"
        )
        #expect(
            found == [
                "type": "object",
                "properties": ["name": ["type": "string"], "children": ["type": "array", "items": [:]]],
            ])
        #expect(
            warnings == [
                "components.schemas.Tree.properties.children.items: components.schemas.Tree contains itself; inside itself any value is accepted"
            ])
    }

    @Test(.timeLimit(.minutes(1)))
    func `references that go in a circle are a problem`() {
        let found = problems(
            head + """
                paths: {/a: {get: {summary: A, parameters: [{name: a, in: query, schema: {$ref: '#/components/schemas/A'}}]}}}
                components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}
                """)
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix("the references form a cycle") == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `references that double at each level do not fill the memory`() throws {
        let levels = (0..<40).map { level in
            let next = "{$ref: '#/components/schemas/L\(level + 1)'}"
            return "L\(level): {type: object, properties: {a: \(next), b: \(next)}}"
        }
        let (_, warnings) = try schema(
            "{$ref: '#/components/schemas/L0'}", components: "{\(levels.joined(separator: ", ")), L40: {type: string}}")
        #expect(warnings.contains { $0.contains("the schema is too large with its references") })
    }

    @Test func `allOf of objects is one object`() throws {
        let (found, _) = try schema(
            "{allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [bark], properties: {bark: {type: string}}}], description: A dog}",
            components:
                "{Pet: {type: object, description: A pet, required: [name], properties: {name: {type: string}}}}"
        )
        #expect(
            found == [
                "type": "object", "description": "A dog", "required": ["name", "bark"],
                "properties": ["name": ["type": "string"], "bark": ["type": "string"]],
            ])
    }

    @Test func `parts of allOf that differ both hold`() throws {
        let (found, _) = try schema("{allOf: [{type: integer, minimum: 1}, {minimum: 5, maximum: 9}]}")
        #expect(found == ["type": "integer", "minimum": 1, "maximum": 9, "allOf": [["minimum": 5]]])
        let (merged, _) = try schema(
            "{allOf: [{properties: {a: {type: string}}}, {properties: {a: {enum: [x]}}}]}")
        #expect(merged == ["properties": ["a": ["type": "string", "enum": ["x"]]]])
    }

    @Test func `OpenAPI 3.0's own keywords become JSON Schema's`() throws {
        #expect(try schema("{type: string, nullable: true}").0 == ["type": ["string", "null"]])
        #expect(
            try schema("{type: string, nullable: true, enum: [a]}").0
                == ["type": ["string", "null"], "enum": ["a", nil]])
        #expect(
            try schema("{type: number, minimum: 0, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false}").0
                == ["type": "number", "exclusiveMinimum": 0, "maximum": 5])
        #expect(
            try schema("{allOf: [{type: object, properties: {a: {type: string}}}], nullable: true}").0
                == ["type": ["object", "null"], "properties": ["a": ["type": "string"]]])
    }

    @Test func `JSON Schema's own keywords are kept`() throws {
        let kept =
            "{type: [integer, 'null'], exclusiveMinimum: 0, default: 3, examples: [1, 2], x-squire-aliases: {a: [b]}}"
        #expect(
            try schema(kept).0 == [
                "type": ["integer", "null"], "exclusiveMinimum": 0, "default": 3, "examples": [1, 2],
                "x-squire-aliases": ["a": ["b"]],
            ])
    }

    @Test func `what holds for an object as a whole is kept, its references replaced`() throws {
        let (found, warnings) = try schema(
            """
            {type: object, if: {properties: {kind: {$ref: '#/components/schemas/Kind'}}}, then: {required: [name]}, \
            else: {not: {required: [name]}}, dependentSchemas: {a: {$ref: '#/components/schemas/Named'}}, \
            dependentRequired: {b: [c]}, dependencies: {d: [e], f: {$ref: '#/components/schemas/Named'}}, \
            propertyNames: {maxLength: 9}, unevaluatedProperties: {$ref: '#/components/schemas/Kind'}, \
            minProperties: 1, properties: {list: {contains: {$ref: '#/components/schemas/Kind'}, unevaluatedItems: false}}}
            """, components: "{Kind: {enum: [x]}, Named: {required: [name]}}")
        let kind: JSONValue = ["enum": ["x"]]
        let named: JSONValue = ["required": ["name"]]
        #expect(
            found == [
                "type": "object", "if": ["properties": ["kind": kind]], "then": named, "else": ["not": named],
                "dependentSchemas": ["a": named], "dependentRequired": ["b": ["c"]],
                "dependencies": ["d": ["e"], "f": named], "propertyNames": ["maxLength": 9],
                "unevaluatedProperties": kind, "minProperties": 1,
                "properties": ["list": ["contains": kind, "unevaluatedItems": false]],
            ])
        #expect(warnings.isEmpty)
    }

    @Test func `conditions of two parts of allOf stay apart`() throws {
        let (found, _) = try schema(
            "{allOf: [{if: {required: [a]}, then: {required: [b]}}, {if: {required: [c]}, else: {required: [d]}}]}")
        #expect(
            found == [
                "if": ["required": ["a"]], "then": ["required": ["b"]],
                "allOf": [["if": ["required": ["c"]], "else": ["required": ["d"]]]],
            ])
    }

    @Test func `what a schema that contains itself would forbid by being cut is left out with a warning`() throws {
        let (found, warnings) = try schema(
            "{$ref: '#/components/schemas/Node'}",
            components:
                "{Node: {type: object, not: {$ref: '#/components/schemas/Node'}, unevaluatedProperties: false}}")
        #expect(found == ["type": "object"])
        #expect(warnings.count { $0.contains("to its end; it is left out") || $0.contains("to their end; it is") } == 2)
    }

    @Test func `keywords that cannot be read are left out with a warning`() throws {
        let (found, warnings) = try schema("{if: a, dependentRequired: {a: b}, $dynamicRef: '#x', type: object}")
        #expect(found == ["type": "object"])
        #expect(warnings.count == 3)
    }

    @Test(arguments: [
        "if: {required: [a]}, then: {required: [b]}", "dependentSchemas: {a: {required: [b]}}",
        "dependentRequired: {a: [b]}", "propertyNames: {maxLength: 1}", "unevaluatedProperties: {type: string}",
        "minProperties: 1", "maxProperties: 1",
    ])
    func `a body of which something holds as a whole is one argument`(keywords: String) throws {
        let tool = try operation(
            """
            paths:
              /a:
                post:
                  summary: A
                  requestBody:
                    content: {application/json: {schema: {type: object, properties: {a: {}, b: {}}, \(keywords)}}}
            """
        ).tool
        #expect(tool.parameterOrder == ["body"])
    }

    @Test func `a parameter's examples are kept in its schema`() throws {
        let tool = try operation(
            """
            paths:
              /a:
                get:
                  summary: A
                  parameters:
                    - {name: a, in: query, example: Paris, schema: {type: string}}
                    - {name: b, in: query, examples: {one: {value: 2}, two: {value: 1}}, schema: {type: integer}}
            """
        ).tool
        #expect(tool.parameters["properties"]?["a"] == ["type": "string", "example": "Paris"])
        #expect(tool.parameters["properties"]?["b"] == ["type": "integer", "examples": [2, 1]])
    }

    @Test func `members of a body keep their order through references and allOf`() throws {
        let tool = try operation(
            """
            paths:
              /pets:
                post:
                  summary: Add
                  requestBody:
                    required: true
                    content: {application/json: {schema: {$ref: "#/components/schemas/Dog"}}}
            components:
              schemas:
                Dog:
                  allOf:
                    - $ref: "#/components/schemas/Pet"
                    - {type: object, required: [bark], properties: {bark: {type: string}, age: {type: integer}}}
                Pet: {type: object, required: [name], properties: {name: {type: string}, born: {type: string}}}
            """
        ).tool
        #expect(tool.parameterOrder == ["name", "born", "bark", "age"])
        #expect(tool.parameters["required"] == ["name", "bark"])
    }

    @Test(arguments: [
        ("{type: object, required: true}", "required: must be a list of the names of properties"),
        ("{enum: a}", "enum: must be a list of the values allowed"),
        ("{type: object, properties: [a]}", "properties: must hold schemas, and not [\"a\"]"),
    ])
    func `wrong keywords are problems with their place`(schema: String, problem: String) {
        #expect(
            problems(head + "paths: {/a: {get: {summary: A, parameters: [{name: a, in: query, schema: \(schema)}]}}}")
                == ["paths./a.get.parameters[0].schema.\(problem)"])
    }

    @Test func `a pattern that cannot be read is left out with a warning`() throws {
        let (found, warnings) = try schema("{type: string, pattern: '([a'}")
        #expect(found == ["type": "string"])
        #expect(
            warnings == [
                "paths./a.get.parameters[0].schema.pattern: has a [ without its ], at character 2; it is left out"
            ])
    }
}
