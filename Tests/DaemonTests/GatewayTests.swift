import Core
import Foundation
import Grammar
import LoopbackClient
import SquireClient
import SquireProtocol
import Testing

/// The daemon as programs written for OpenAI's API see it.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct GatewayTests {
    private struct Client {
        let address: String

        func post(_ path: String, _ body: JSONValue) async throws -> (status: Int, answer: JSONValue) {
            let answer = try await LoopbackClient(address: address)
                .send(LoopbackClient.Request("POST", "/v1" + path, body: body.text))
            return (answer.status, try JSONValue(parsing: answer.text))
        }
    }

    private func with(
        model: String? = nil, _ body: (Client, SquiredProcess) async throws -> Void
    ) async throws {
        var settings = ["SQUIRE_GATEWAY_LISTEN": "127.0.0.1:0", "SQUIRE_GATEWAY_TOKEN": "none"]
        settings["SQUIRE_MODEL_PATH"] = model
        try await SquiredProcess.withDaemon(settings: settings) { daemon in
            try await eventually { daemon.log.contains("gateway ready") }
            let address = try #require(daemon.log.firstMatch(of: /address=(127\.0\.0\.1:\d+)/)?.1)
            try await body(Client(address: String(address)), daemon)
        }
    }

    private static let weather: JSONValue = [
        "type": "function",
        "function": [
            "name": "get_weather", "description": "Get the current weather of a city.",
            "parameters": [
                "type": "object",
                "properties": [
                    "city": ["type": "string", "description": "The city."],
                    "unit": ["type": "string", "enum": ["celsius", "fahrenheit"]],
                ], "required": ["city"],
            ],
        ],
    ]

    private func ask(_ text: String, _ more: JSONObject = [:]) -> JSONValue {
        let members: JSONObject = [
            "model": "any", "temperature": 0, "max_tokens": 16,
            "messages": [["role": "user", "content": .string(text)]],
        ]
        return .object(members.merging(more) { _, new in new })
    }

    @Test func `a question that calls for the client's tool gets a call, and one that does not gets an answer`()
        async throws
    {
        try await with { client, _ in
            let (status, called) = try await client.post(
                "/chat/completions",
                ask("What is the weather in Paris right now, in celsius?", ["tools": [Self.weather]]))
            #expect(status == 200)
            let choice = called["choices"]?.array?.first
            #expect(choice?["finish_reason"] == "tool_calls")
            let function = choice?["message"]?["tool_calls"]?.array?.first?["function"]
            #expect(function?["name"] == "get_weather")
            let arguments = try JSONValue(parsing: function?["arguments"]?.string ?? "")
            #expect(arguments == ["city": "Paris", "unit": "celsius"])

            let (_, plain) = try await client.post(
                "/chat/completions", ask("Write a haiku about autumn.", ["tools": [Self.weather]]))
            let message = plain["choices"]?.array?.first?["message"]
            #expect(message?["tool_calls"] == nil)
            #expect(message?["content"]?.string?.isEmpty == false)
        }
    }

    @Test func `a model with a tool format of its own calls in it, and answers without being asked twice`() async throws
    {
        let path = try HermesFile.make(of: DefaultModel.path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await with(model: path) { client, _ in
            let bias: JSONValue = .object([String(HermesFile.openingToken): 100])
            let question = "What is the weather in Paris?"
            let (status, opened) = try await client.post(
                "/chat/completions", ask(question, ["tools": [Self.shortWeather], "logit_bias": bias]))
            #expect(status == 200)
            let choice = opened["choices"]?.array?.first
            #expect(choice?["finish_reason"] == "tool_calls")
            let call = try #require(choice?["message"]?["tool_calls"]?.array?.first)
            #expect(call["function"]?["name"] == "get_weather")
            let arguments = try JSONValue(parsing: call["function"]?["arguments"]?.string ?? "")
            #expect(["Paris", "Rome"].contains(arguments["city"]?.string ?? ""))

            let (_, answered) = try await client.post(
                "/chat/completions",
                ask(
                    "",
                    [
                        "tools": [Self.shortWeather],
                        "messages": [
                            ["role": "user", "content": .string(question)],
                            ["role": "assistant", "content": nil, "tool_calls": [call]],
                            ["role": "tool", "tool_call_id": call["id"] ?? .null, "content": "17 °C"],
                        ],
                    ]))
            #expect(answered["choices"]?.array?.first?["message"]?["content"]?.string?.isEmpty == false)
            let usage = answered["usage"]
            // One reading of the prompt, most of it known from before.
            let prompt = usage?["prompt_tokens"]?.integer ?? 0
            #expect(usage?["prompt_tokens_details"]?["cached_tokens"]?.integer ?? 0 > prompt / 2)

            let (_, required) = try await client.post(
                "/chat/completions", ask("Hello", ["tools": [Self.shortWeather], "tool_choice": "required"]))
            #expect(required["choices"]?.array?.first?["finish_reason"] == "tool_calls")
        }
    }

    private static let shortWeather: JSONValue = [
        "type": "function",
        "function": [
            "name": "get_weather",
            "parameters": [
                "type": "object", "properties": ["city": ["enum": ["Paris", "Rome"]]], "required": ["city"],
            ],
        ],
    ]

    @Test func `a call that must be made validates, whatever the question, or its tool and keyword are named`()
        async throws
    {
        func tool(_ properties: JSONValue, _ more: JSONObject = [:]) -> JSONValue {
            let names = properties.object?.keys.sorted().map(JSONValue.string) ?? []
            let schema: JSONObject = [
                "type": "object", "properties": properties, "required": .array(names),
            ]
            return [
                "type": "function",
                "function": [
                    "name": "book", "description": "Books something.",
                    "parameters": .object(schema.merging(more) { $1 }),
                ],
            ]
        }
        let tools = [
            tool(["code": ["type": "string", "pattern": "^[A-Z]{3}-\\d{2}$"]]),
            tool([
                "days": [
                    "type": "array", "items": ["enum": ["Mon", "Tue", "Sun"]], "minItems": 2, "uniqueItems": true,
                ]
            ]),
            tool(["step": ["oneOf": [["type": "integer", "multipleOf": 4], ["type": "integer", "multipleOf": 6]]]]),
            tool(["when": ["type": "string", "format": "date-time"], "who": ["type": "string", "minLength": 9]]),
            tool(["a": ["type": "string"]], ["dependentRequired": ["a": ["b"]], "minProperties": 1]),
        ]
        try await with { client, _ in
            for tool in tools {
                let (status, called) = try await client.post(
                    "/chat/completions", ask("Hello, how are you?", ["tools": [tool], "tool_choice": "required"]))
                #expect(status == 200, "\(called.text)")
                let message = called["choices"]?.array?.first?["message"]
                let text = message?["tool_calls"]?.array?.first?["function"]?["arguments"]?.string ?? ""
                let schema = tool["function"]?["parameters"] ?? false
                let verdict = SchemaValidator.verdict(on: try JSONValue(parsing: text), of: schema)
                #expect(verdict.isInstance, "\(text) \(verdict)")
            }
            let (status, refused) = try await client.post(
                "/chat/completions",
                ask(
                    "Hello, how are you?",
                    ["tools": [tool(["a": ["type": "string", "not": ["type": "string"]]])], "tool_choice": "required"]))
            #expect(status == 400)
            #expect(refused["error"]?["code"] == "schemaUnsatisfiable")
            let reason = refused["error"]?["message"]?.string ?? ""
            #expect(reason.contains("tools[0]") && reason.contains("/properties/a/not"), "\(reason)")
        }
    }

    @Test func `a tool's result is answered from, and its call is not made again, also where a call is required`()
        async throws
    {
        try await with { client, _ in
            let messages: JSONValue = [
                ["role": "user", "content": "What is the weather in Paris right now, in celsius?"],
                [
                    "role": "assistant", "content": nil,
                    "tool_calls": [
                        [
                            "id": "a", "type": "function",
                            "function": [
                                "name": "get_weather", "arguments": #"{"city": "Paris", "unit": "celsius"}"#,
                            ],
                        ]
                    ],
                ],
                ["role": "tool", "tool_call_id": "a", "content": #"{"temperature": 17.5, "sky": "cloudy"}"#],
            ]
            for choice in ["auto", "required"] as [JSONValue] {
                let (_, answer) = try await client.post(
                    "/chat/completions",
                    ["messages": messages, "tools": [Self.weather], "tool_choice": choice, "temperature": 0])
                let ended = answer["choices"]?.array?.first
                #expect(ended?["finish_reason"] == "stop")
                #expect(ended?["message"]?["content"]?.string?.contains("17.5") == true, "\(answer.text)")
            }
        }
    }

    @Test func `the field squire has the daemon's own plugins answer, and nothing of it is stored`() async throws {
        try await with { client, daemon in
            let question = "How many kilometres are 5 miles?"
            try await eventually {
                let (_, answer) = try await client.post(
                    "/chat/completions", ask(question, ["squire": ["plugins": "auto"]]))
                let text = answer["choices"]?.array?.first?["message"]?["content"]?.string ?? ""
                // The plugins are read while the daemon is already answering.
                return text.contains("8.04")
            }
            let stored = try await daemon.withClient { try await $0.call(ConversationList.self, .init()).conversations }
            #expect(stored.isEmpty)
        }
    }

    @Test func `answers, embeddings and answers under a schema come from the loaded models`() async throws {
        try await with { client, _ in
            let schema: JSONValue = [
                "type": "json_schema",
                "json_schema": [
                    "name": "animal",
                    "schema": [
                        "type": "object", "properties": ["legs": ["type": "integer", "minimum": 0, "maximum": 8]],
                        "required": ["legs"], "additionalProperties": false,
                    ],
                ],
            ]
            let (_, held) = try await client.post(
                "/chat/completions", ask("How many legs has a cow? Answer in JSON.", ["response_format": schema]))
            let content = held["choices"]?.array?.first?["message"]?["content"]?.string ?? ""
            #expect(try JSONValue(parsing: content)["legs"]?.number.map { (0...8).contains($0) } == true)
            #expect(held["model"] == "SmolLM2-135M-Instruct-Q4_1")
            let (_, vectors) = try await client.post("/embeddings", ["model": "any", "input": ["a", "b"]])
            #expect(vectors["data"]?.array?.map { $0["embedding"]?.array?.count } == [384, 384])
        }
    }

    @Test func `an address that others can reach needs a token, and without one the daemon says so and does not start`()
        async throws
    {
        try await withHome { home in
            let (status, error) = try await SquiredProcess.run(
                home: home, settings: ["SQUIRE_GATEWAY_LISTEN": "0.0.0.0:0", "SQUIRE_GATEWAY_TOKEN": "none"])
            #expect(status == 1)
            #expect(error.contains("gateway.token"))
        }
    }
}
