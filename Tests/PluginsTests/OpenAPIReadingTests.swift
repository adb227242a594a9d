import Core
import Foundation
import Testing

@testable import Plugins

@Suite("Operations of a document")
struct OpenAPIReadingTests {
    @Test func `an operation becomes a tool with one schema for path, query, header and body`() throws {
        let operation = try operation(
            """
            paths:
              /pets/{petId}/tags:
                parameters:
                  - {name: petId, in: path, required: true, schema: {type: integer}}
                post:
                  operationId: addTag
                  summary: Tag a pet
                  description: Gives a pet another tag.
                  parameters:
                    - {name: notify, in: query, description: Whether to tell, schema: {type: boolean, default: false}}
                    - {name: X-Trace, in: header, schema: {type: string}}
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [tag]
                          properties:
                            tag: {type: string, minLength: 1}
                            color: {type: string, enum: [red, green]}
                            id: {type: integer, readOnly: true}
            """)
        let tool = operation.tool
        #expect(tool.plugin == "test")
        #expect(tool.operation == "addTag")
        #expect(tool.description == "Tag a pet. Gives a pet another tag.")
        #expect(tool.parameterOrder == ["petId", "notify", "X-Trace", "tag", "color"])
        #expect(!tool.isReadOnly)
        #expect(
            tool.parameters == [
                "type": "object", "additionalProperties": false, "required": ["petId", "tag"],
                "properties": [
                    "petId": ["type": "integer"],
                    "notify": ["type": "boolean", "default": false, "description": "Whether to tell"],
                    "X-Trace": ["type": "string"],
                    "tag": ["type": "string", "minLength": 1],
                    "color": ["type": "string", "enum": ["red", "green"]],
                ],
            ])
        #expect(operation.server == .url("https://api.example/v1"))
    }

    @Test func `names are made of letters, from method and path where none is given, and are unique`() throws {
        let api = try read(
            head + """
                paths:
                  /pets/{id}:
                    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                    get: {summary: a}
                    delete: {operationId: "pets.delete one!", summary: b}
                  /dogs:
                    get: {operationId: get_pets_id, summary: c}
                  /cats:
                    get: {operationId: \(String(repeating: "x", count: 80)), summary: d}
                  /cows:
                    get: {operationId: \(String(repeating: "x", count: 80)), summary: e}
                """)
        let names = api.operations.map(\.tool.operation)
        let long = String(repeating: "x", count: 64)
        #expect(names == ["get_pets_id", "pets_delete_one", "get_pets_id_2", long, "\(long.prefix(60))_2"])
    }

    @Test func `the operation's parameter takes the place of its path's`() throws {
        let tool = try operation(
            """
            paths:
              /time:
                parameters:
                  - {name: zone, in: query, required: true, schema: {type: string}}
                  - {name: day, in: query, schema: {type: string}}
                get:
                  summary: Time
                  parameters: [{name: zone, in: query, schema: {type: integer}}]
            """
        ).tool
        #expect(tool.parameterOrder == ["zone", "day"])
        #expect(tool.parameters["properties"]?["zone"] == ["type": "integer"])
        #expect(tool.parameters["required"] == nil)
    }

    @Test func `one name in several places becomes several arguments`() throws {
        let operation = try operation(
            """
            paths:
              /items/{id}:
                put:
                  summary: Put
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                    - {name: id, in: query, schema: {type: string}}
                  requestBody:
                    content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}
            """)
        #expect(operation.tool.parameterOrder == ["id", "query_id", "body_id"])
        let request = RequestBuilder(operation: operation)
            .request(["id": "a", "query_id": "b", "body_id": "c"], socket: nil)
        #expect(request.url == "https://api.example/v1/items/a?id=b")
        #expect(request.body == Array(#"{"id":"c"}"#.utf8))
    }

    @Test func `a body that is no plain object is one argument`() throws {
        let list = try operation(
            "paths: {/a: {post: {summary: A, requestBody: {required: true, content: {application/json: {schema: {type: array, items: {type: integer}}}}}}}}"
        )
        #expect(list.tool.parameterOrder == ["body"])
        #expect(list.tool.parameters["required"] == ["body"])
        #expect(RequestBuilder(operation: list).request(["body": [1, 2]], socket: nil).body == Array("[1,2]".utf8))
        let choice = try operation(
            "paths: {/a: {post: {summary: A, requestBody: {content: {application/json: {schema: {type: object, properties: {a: {}}, oneOf: [{required: [a]}]}}}}}}}"
        )
        #expect(choice.tool.parameterOrder == ["body"])
    }

    @Test func `what Squire does not support is left out with its place`() throws {
        let api = try read(
            head + """
                security: [{key: []}]
                paths:
                  /a:
                    get:
                      summary: A
                      security: [{}]
                      parameters:
                        - {name: session, in: cookie, schema: {type: string}}
                        - {name: Authorization, in: header, schema: {type: string}}
                      x-squire-examples:
                        - {question: What?, arguments: {}}
                        - {ask: What?}
                  /b:
                    post:
                      summary: B
                      requestBody: {required: true, content: {multipart/form-data: {schema: {}}}}
                  /c/{id}:
                    get:
                      summary: C
                      parameters: [{name: id, in: path, required: true, style: matrix, schema: {type: string}}]
                """)
        #expect(api.operations.map(\.path) == ["/a"])
        #expect(api.operations[0].tool.parameterOrder.isEmpty)
        #expect(api.operations[0].tool.examples == [Tool.Example(question: "What?", arguments: [:])])
        #expect(
            api.warnings == [
                "security: credentials are not supported yet; calls are sent without any",
                "paths./a.get.parameters[0] (session): cookies are not supported; it is left out",
                "paths./a.get.x-squire-examples[1]: must be {question, arguments}; it is left out",
                "paths./b.post.requestBody.content: only JSON bodies are supported, not multipart/form-data; the operation is left out",
                "paths./c/{id}.get.parameters[0] (id).style: \"matrix\" is not supported in: path; the operation is left out",
            ])
    }

    @Test func `all that is wrong is said at once, each with its place`() {
        #expect(
            problems(
                """
                openapi: 3.1.0
                info: {version: "1"}
                servers: [{url: "https://{host}/"}]
                paths:
                  /time/{zone}:
                    get:
                      summary: Time
                      parameters:
                        - {in: query, schema: {type: string}}
                        - {name: a, schema: {type: string}}
                        - {name: b, in: body, schema: {type: string}}
                        - {name: c, in: query}
                        - {name: d, in: query, schema: {type: text}}
                        - {name: e, in: query, schema: {$ref: "#/components/schemas/None"}}
                        - {name: f, in: query, schema: {$ref: "other.yaml#/F"}}
                        - {name: g, in: query, schema: {type: string}}
                        - {name: g, in: query, schema: {type: string}}
                  time: {get: {summary: Time}}
                """) == [
                    "info.title: is missing",
                    "paths./time/{zone}.get.parameters[0]: has no name",
                    "paths./time/{zone}.get.parameters[1] (a): has no \"in\"; it says path, query, header or cookie",
                    "paths./time/{zone}.get.parameters[2] (b): \"in\" is \"body\" and must be path, query, header or cookie",
                    "paths./time/{zone}.get.parameters[3] (c): has no schema",
                    "paths./time/{zone}.get.parameters[8] (g): is there twice in: query",
                    "paths./time/{zone}.get.parameters: the path has {zone}, and no parameter in: path has that name",
                    "servers[0].variables.host: has no default, and the URL needs one",
                    "paths.time: a path begins with /",
                    "paths./time/{zone}.get.parameters[4].schema.type: \"text\" is no type; string, number, integer, boolean, array, object, null are",
                    "paths./time/{zone}.get.parameters[5].schema.$ref: \"#/components/schemas/None\" leads nowhere; there is no \"components\" in it",
                    "paths./time/{zone}.get.parameters[6].schema.$ref: \"other.yaml#/F\" is in another document, which is not supported; copy it into this one",
                ])
    }

    @Test func `at most twenty problems are listed, and the rest counted`() {
        let parameters = (0..<25).map { _ in "{in: query}" }.joined(separator: ", ")
        let lines = problems(head + "paths: {/a: {get: {summary: A, parameters: [\(parameters)]}}}")
        #expect(lines.count == 21)
        #expect(lines.first == "paths./a.get.parameters[0]: has no name")
        #expect(lines.last == "… and 5 more")
    }

    @Test(arguments: [
        ("swagger: '2.0'", "swagger: this is a Swagger 2 document; convert it to OpenAPI 3"),
        ("openapi: 4.0.0", "openapi: version 4.0.0 is not supported; Squire reads 3.0 and 3.1"),
        ("openapi: 3.1", "openapi: must be text, such as \"3.1.0\"; put it in quotation marks"),
        ("x: 1", "openapi: is missing; it names the version, such as 3.1.0"),
    ])
    func `other versions are refused by name`(line: String, problem: String) {
        let found = problems(
            "\(line)\ninfo: {title: T}\nservers: [{url: 'http://a'}]\npaths: {/a: {get: {summary: A}}}\n")
        #expect(found == [problem])
    }

    @Test func `a document without operations is refused`() {
        #expect(problems(head + "paths: {}") == ["paths: there is no operation in it"])
        #expect(problems(head) == ["paths: is missing; it holds the operations"])
    }

    @Test func `the bundled manifest reads without warnings, and its examples are valid`() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let registry = PluginRegistry(
            fetcher: ScriptedFetcher(pages: [:]), folders: [root.appendingPathComponent("manifests").path])
        let plugin = try await registry.get("almanac")
        #expect(plugin.warnings.isEmpty)
        #expect(plugin.isBundled)
        #expect(plugin.operations.map(\.name).contains("worldTime"))
        let tools = try await registry.tools(.named(["almanac"]))
        #expect(tools.allSatisfy { !$0.examples.isEmpty })
        for tool in tools {
            for example in tool.examples {
                #expect(ArgumentChecker.problems(in: example.arguments, of: tool).isEmpty)
            }
        }
        let units = try #require(tools.first { $0.operation == "convertUnits" })
        #expect(units.parameterOrder == ["value", "from", "to"])
        #expect(units.parameters["properties"]?["from"]?["x-squire-aliases"] != nil)
    }
}
