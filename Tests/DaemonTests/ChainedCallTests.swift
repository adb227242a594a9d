import Core
import Foundation
import LoopbackServer
import SquireClient
import SquireProtocol
import Testing

/// Questions that need several operations of one API, of which the document gives no examples.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ChainedCallTests {
    private static func operation(
        _ name: String, _ summary: String, _ parameters: [JSONValue], gives schema: JSONValue? = nil
    ) -> JSONValue {
        var get: JSONObject = [
            "operationId": .string(name), "summary": .string(summary), "parameters": .array(parameters),
        ]
        if let schema {
            get["responses"] = [
                "200": ["description": "OK", "content": ["application/json": ["schema": schema]]]
            ]
        }
        return ["get": .object(get)]
    }

    private static func parameter(_ name: String, in place: String, _ type: String) -> JSONValue {
        [
            "name": .string(name), "in": .string(place), "required": .bool(place == "path" || type == "number"),
            "schema": ["type": .string(type)],
        ]
    }

    private static func list(of properties: [(String, String)]) -> JSONValue {
        let members = properties.map { ($0, JSONValue.object(["type": .string($1)])) }
        return ["type": "array", "items": ["type": "object", "properties": .object(JSONObject(members))]]
    }

    private func with(
        _ paths: JSONValue, answers: @escaping @Sendable (String) -> String,
        _ body: (SquireClient) async throws -> Void
    ) async throws {
        let server = try await ScriptedServer { request in
            .response("200 OK", headers: ["Content-Type: application/json"], body: Array(answers(request).utf8))
        }
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let document: JSONValue = [
                    "openapi": "3.1.0", "info": ["title": "Ledger", "version": "1"],
                    "servers": [["url": .string(server.url)]], "paths": paths,
                ]
                _ = try await client.call(PluginRegister.self, .init(document: document))
                try await body(client)
            }
        }
        try await server.stop()
    }

    @Test func `an identifier that nobody says is looked up by the name, and only the last result is told`()
        async throws
    {
        let paths: JSONValue = [
            "/customers": Self.operation(
                "listCustomers", "List customers", [Self.parameter("name", in: "query", "string")],
                gives: Self.list(of: [("id", "integer"), ("name", "string"), ("city", "string")])),
            "/customers/{customer_id}/orders": Self.operation(
                "customerOrders", "Orders of a customer", [Self.parameter("customer_id", in: "path", "integer")],
                gives: Self.list(of: [("id", "integer"), ("product", "string"), ("status", "string")])),
        ]
        try await with(paths) { request in
            request.contains("/orders")
                ? #"[{"id": 517, "product": "Desk lamp", "status": "shipped"}]"#
                : #"[{"id": 4, "name": "Meyer KG", "city": "Ulm"}, {"id": 9, "name": "Halvorsen AS", "city": "Bergen"}]"#
        } _: { client in
            let answer = try await client.call(AssistantAsk.self, .init(message: "What has Halvorsen AS ordered?"))
            #expect(
                answer.message.steps.map { "\($0.operation) \($0.arguments.text)" }
                    == [#"listCustomers {"name":"Halvorsen AS"}"#, #"customerOrders {"customer_id":9}"#])
            #expect(answer.message.text.contains("Desk lamp") && !answer.message.text.contains("Meyer"))
        }
    }

    @Test func `each operation keeps its own figures`() async throws {
        let numbers = ["a", "b"].map { Self.parameter($0, in: "query", "number") }
        let paths: JSONValue = [
            "/add": Self.operation("add", "Adds two numbers.", numbers),
            "/multiply": Self.operation("multiply", "Multiplies two numbers.", numbers),
            "/divide": Self.operation("divide", "Divides a number by another.", numbers),
        ]
        try await with(paths) { _ in
            #"{"result": 7}"#
        } _: { client in
            let answer = try await client.call(
                AssistantAsk.self,
                .init(message: "Add 3 and 4. Multiply 5 by 2. Divide 9 by 3.", plugins: .named(["ledger"])))
            #expect(
                answer.message.steps.map { "\($0.operation) \($0.arguments.text)" }
                    == [#"add {"a":3,"b":4}"#, #"multiply {"a":5,"b":2}"#, #"divide {"a":9,"b":3}"#])
        }
    }
}
