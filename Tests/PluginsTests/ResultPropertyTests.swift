import Core
import Testing

@testable import Plugins

/// What an operation tells is read from the schema of its response.
struct ResultPropertyTests {
    /// The first operation of a document whose response has this content, as YAML in flow style.
    private func tool(_ media: String, components: String = "{}") throws -> Tool {
        let api = try read(
            """
            openapi: 3.0.3
            info: {title: Zoo, version: "1"}
            servers: [{url: "http://localhost"}]
            paths:
              /animals:
                get:
                  operationId: animals
                  summary: Animals.
                  responses:
                    "404": {description: None, content: {application/json: {schema: {properties: {error: {}}}}}}
                    "200": {description: Found, content: {application/json: \(media)}}
            components: \(components)
            """)
        return try #require(api.operations.first).tool
    }

    @Test func `names, descriptions and numbers are read, what stands outermost first`() throws {
        let tool = try tool(
            "{schema: {type: object, properties: {name: {type: string}, keeper: {type: object, properties: {phone: {type: string}}}, weight: {type: integer, description: In kg.}}}}"
        )
        #expect(tool.results.map(\.name) == ["name", "keeper", "weight", "phone"])
        #expect(tool.results[2] == Tool.ResultProperty(name: "weight", description: "In kg.", isNumber: true))
        #expect(!tool.returnsList)
    }

    @Test func `references and allOf are followed, and a reference to itself ends`() throws {
        let tool = try tool(
            "{schema: {$ref: '#/components/schemas/Animal'}}",
            components:
                "{schemas: {Animal: {allOf: [{$ref: '#/components/schemas/Named'}, {properties: {parent: {$ref: '#/components/schemas/Animal'}}}]}, Named: {properties: {name: {type: string}}}}}"
        )
        #expect(Set(tool.results.map(\.name)) == ["name", "parent"])
    }

    @Test(
        arguments: [
            "{schema: {type: array, items: {properties: {name: {type: string}}}}}",
            "{schema: {type: object, properties: {count: {type: integer}, results: {type: array, items: {properties: {name: {}}}}}}}",
            "{example: [{name: Leo}]}",
        ])
    func `a list, and an object that only holds one, is a list`(media: String) throws {
        let tool = try tool(media)
        #expect(tool.returnsList)
        #expect(tool.results.contains { $0.name == "name" })
    }

    @Test func `without a schema an example tells`() throws {
        let tool = try tool("{example: {name: Leo, weight: 190, cubs: [{age: 1}]}}")
        #expect(Set(tool.results.map(\.name)) == ["name", "weight", "cubs", "age"])
        #expect(tool.results.first { $0.name == "weight" }?.isNumber == true)
    }

    @Test func `a reference that leads nowhere costs what it tells, and not the operation`() throws {
        #expect(try tool("{schema: {$ref: '#/components/schemas/Nothing'}}").results.isEmpty)
    }

    @Test func `of a large response the beginning is read`() throws {
        let properties = (0..<500).map { "p\($0): {type: string}" }.joined(separator: ", ")
        #expect(try tool("{schema: {properties: {\(properties)}}}").results.count == 40)
    }
}
