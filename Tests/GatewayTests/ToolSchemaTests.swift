import Core
import Testing

@testable import Gateway

/// What becomes of tools whose schemas cannot be read, or cannot be held to.
@Suite(.timeLimit(.minutes(1)))
struct ToolSchemaTests {
    private static let call = PlannedCall(operation: "good", arguments: [:])

    private static func tool(_ name: String, _ parameters: JSONValue, _ more: JSONObject = [:]) -> JSONValue {
        let function: JSONObject = ["name": .string(name), "parameters": parameters]
        return ["type": "function", "function": .object(function.merging(more) { $1 })]
    }

    private static let bad = tool("bad", ["type": "object", "properties": ["a": ["$ref": "#/nowhere"]]])
    private static let good = tool("good", ["type": "object", "properties": ["a": ["type": "string"]]])

    @Test func `a tool of very many properties is left out, and the others stay`() async throws {
        let many = JSONObject((0..<1001).map { ("p\($0)", [:]) })
        @Sendable func tool(_ name: String, _ parameters: JSONValue) -> JSONValue {
            ["type": "function", "function": ["name": .string(name), "parameters": parameters]]
        }
        let caller = ScriptedCaller()
        try await RunningGateway.with(caller: caller) { gateway in
            let deep: JSONValue = [
                "type": "object", "properties": ["o": ["type": "object", "properties": .object(many)]],
            ]
            let answer = try await gateway.post(
                "/v1/chat/completions",
                chat(
                    "Hi",
                    [
                        "tools": [
                            tool("wide", ["type": "object", "properties": .object(many)]), tool("deep", deep),
                            tool("good", ["type": "object", "properties": ["city": ["type": "string"]]]),
                        ]
                    ]))
            #expect(answer.status == 200)
            let warnings = try answer.json()["squire"]?["warnings"]?.array?.compactMap(\.string) ?? []
            #expect(warnings.count == 2 && warnings.allSatisfy { $0.contains("more than 1000 properties") })
        }
        #expect(caller.requests.first?.tools.map(\.operation) == ["good"])
    }

    @Test func `one bad tool does not refuse the others, and the client is told`() async throws {
        let caller = ScriptedCaller([Self.call])
        try await RunningGateway.with(caller: caller) { gateway in
            let body = chat("Hi", ["tools": [Self.bad, Self.good]])
            let answer = try await gateway.post("/v1/chat/completions", body)
            #expect(answer.status == 200)
            let warning = try #require(try answer.json()["squire"]?["warnings"]?.array?.first?.string)
            #expect(warning.contains("bad") && warning.contains("#/nowhere"))
            #expect(answer.headers["x-squire-warnings"]?.contains("#/nowhere") == true)
            let streamed = try await gateway.post(
                "/v1/chat/completions", chat("Hi", ["tools": [Self.bad, Self.good], "stream": true]))
            #expect(streamed.headers["x-squire-warnings"] != nil)
            #expect(
                try RunningGateway.events(streamed.text).last?["squire"]?["warnings"]?.array?.first
                    == .string(warning))
            let flat: JSONValue = [
                "model": "x", "input": "Hi",
                "tools": [
                    ["type": "function", "name": "bad", "parameters": ["properties": ["a": ["$ref": "#/nowhere"]]]],
                    ["type": "function", "name": "good"],
                ],
            ]
            let response = try await gateway.post("/v1/responses", flat)
            #expect(try response.json()["squire"]?["warnings"]?.array?.count == 1)
            #expect(response.headers["x-squire-warnings"] != nil)
        }
        #expect(caller.requests.allSatisfy { $0.tools.map(\.operation) == ["good"] })
    }

    @Test func `a bad tool that must be called is an error`() async throws {
        try await RunningGateway.with(caller: ScriptedCaller([Self.call])) { gateway in
            let named: JSONValue = ["type": "function", "function": ["name": "bad"]]
            for body in [
                chat("Hi", ["tools": [Self.bad, Self.good], "tool_choice": named]),
                chat("Hi", ["tools": [Self.bad], "tool_choice": "required"]),
            ] {
                let answer = try await gateway.post("/v1/chat/completions", body)
                #expect(answer.status == 400)
                #expect(try answer.json()["error"]?["param"] == "tools[0].function.parameters")
            }
            // Without a tool that can be called the question is answered.
            #expect(try await gateway.post("/v1/chat/completions", chat("Hi", ["tools": [Self.bad]])).status == 200)
        }
    }

    @Test func `what a schema asks beyond generation does not refuse a strict or named tool`() async throws {
        let rules = SchemaRules(unenforced: { _ in ["/properties/a/uniqueItems"] })
        let caller = ScriptedCaller([Self.call])
        try await RunningGateway.with(caller: caller, schemas: rules) { gateway in
            let strict = Self.tool("good", ["type": "object"], ["strict": true])
            let named: JSONValue = ["type": "function", "function": ["name": "good"]]
            for more in [["tools": [strict]], ["tools": [Self.good], "tool_choice": named]] as [JSONObject] {
                let answer = try await gateway.post("/v1/chat/completions", chat("Hi", more))
                #expect(answer.status == 200)
            }
        }
        #expect(caller.requests.count == 2)
    }

    @Test func `a schema that nothing meets leaves its tool out`() async throws {
        let rules = SchemaRules(unenforced: { schema in
            guard schema["properties"]?["a"] == ["not": [:]] else { return [] }
            throw ScriptedError(
                kind: "schemaUnsatisfiable", failureClass: .invalid, message: "/properties/a: nothing is allowed")
        })
        let caller = ScriptedCaller([Self.call])
        try await RunningGateway.with(caller: caller, schemas: rules) { gateway in
            let never = Self.tool("never", ["type": "object", "properties": ["a": ["not": [:]]], "required": ["a"]])
            let answer = try await gateway.post("/v1/chat/completions", chat("Hi", ["tools": [never, Self.good]]))
            #expect(try answer.json()["squire"]?["warnings"]?.array?.first?.string?.contains("/properties/a") == true)
        }
        #expect(caller.requests.map { $0.tools.map(\.operation) } == [["good"]])
    }

    @Test(arguments: [
        #"{"type": "allowed_tools", "allowed_tools": {"mode": "MODE", "tools": [{"type": "function", "function": {"name": "b"}}]}}"#,
        #"{"type": "allowed_tools", "mode": "MODE", "tools": [{"type": "function", "name": "b"}]}"#,
    ])
    func `allowed tools are the only ones that may be called`(choice: String) async throws {
        for (mode, expected) in [("auto", ToolChoice.auto), ("required", .required)] {
            let caller = ScriptedCaller([Self.call])
            try await RunningGateway.with(caller: caller) { gateway in
                let value = try JSONValue(parsing: choice.replacing("MODE", with: mode))
                let tools: JSONValue = .array(["a", "b", "c"].map { Self.tool($0, ["type": "object"]) })
                let answer = try await gateway.post(
                    "/v1/chat/completions", chat("Hi", ["tools": tools, "tool_choice": value]))
                #expect(answer.status == 200)
            }
            #expect(caller.requests.map { $0.tools.map(\.operation) } == [["b"]])
            #expect(caller.requests.map(\.choice) == [expected])
        }
    }
}
