import Core
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct ToolTests {
    /// Written by hand, since a JSON value would not keep the order of properties.
    private static func request(_ more: String = "") -> String {
        """
        {"model": "x", "messages": [{"role": "user", "content": "Weather in Paris?"}], "tools": [
          {"type": "function", "function": {"name": "get_weather", "description": "Tells the weather.", "strict": true,
            "parameters": {"type": "object", "properties": {"unit": {"type": "string"}, "city": {"type": "string"},
              "at": {"$ref": "#/$defs/Day"}}, "required": ["city"], "$defs": {"Day": {"type": "string"}}}}}]\(more)}
        """
    }

    private static let call = PlannedCall(operation: "get_weather", arguments: ["city": "Paris"])

    @Test func `calls are handed to the client`() async throws {
        let caller = ScriptedCaller([Self.call])
        try await RunningGateway.with(caller: caller) { gateway in
            let answer = try await gateway.send("POST", "/v1/chat/completions", body: Self.request())
            let choice = try #require(try answer.json()["choices"]?.array?.first)
            #expect(choice["finish_reason"] == "tool_calls")
            #expect(choice["message"]?["content"] == .null)
            let call = try #require(choice["message"]?["tool_calls"]?.array?.first)
            #expect(call["id"]?.string?.hasPrefix("call_") == true)
            #expect(call["type"] == "function")
            #expect(call["function"] == ["name": "get_weather", "arguments": #"{"city":"Paris"}"#])
            #expect(try answer.json()["usage"]?["prompt_tokens"] == 30)
        }
        let asked = try #require(caller.requests.first)
        #expect(asked.messages == [ChatMessage(.user, "Weather in Paris?")])
        #expect(asked.choice == .auto)
        #expect(asked.allowsParallel)
        #expect(
            asked.tools == [
                Tool(
                    plugin: "client", operation: "get_weather", description: "Tells the weather.",
                    parameters: [
                        "type": "object",
                        "properties": [
                            "unit": ["type": "string"], "city": ["type": "string"], "at": ["type": "string"],
                        ],
                        "required": ["city"],
                    ], parameterOrder: ["unit", "city", "at"], isReadOnly: true)
            ])
    }

    @Test func `without calls the model answers, and what deciding took is counted`() async throws {
        try await RunningGateway.with { gateway in
            let json = try await gateway.send("POST", "/v1/chat/completions", body: Self.request()).json()
            #expect(json["choices"]?.array?.first?["message"]?["content"] == "Hello there")
            #expect(json["usage"]?["total_tokens"] == 49)
        }
    }

    @Test(arguments: [
        (#""auto""#, ToolChoice.auto), (#""required""#, .required),
        (#"{"type": "function", "function": {"name": "get_weather"}}"#, .named("get_weather")),
    ])
    func `a choice of tools is handed on`(text: String, choice: ToolChoice) async throws {
        let caller = ScriptedCaller([Self.call])
        try await RunningGateway.with(caller: caller) { gateway in
            let answer = try await gateway.send(
                "POST", "/v1/chat/completions", body: Self.request(#", "tool_choice": \#(text)"#))
            #expect(answer.status == 200)
        }
        #expect(caller.requests.map(\.choice) == [choice])
    }

    @Test func `with the choice none nobody is asked for calls`() async throws {
        let caller = ScriptedCaller([Self.call])
        try await RunningGateway.with(caller: caller) { gateway in
            let answer = try await gateway.send(
                "POST", "/v1/chat/completions", body: Self.request(#", "tool_choice": "none""#))
            #expect(try answer.json()["choices"]?.array?.first?["finish_reason"] == "stop")
        }
        #expect(caller.requests.isEmpty)
    }

    @Test(arguments: [
        (#"{"type": "function", "function": {"name": "get_time"}}"#, "get_time"),
        (#"{"type": "allowed_tools", "allowed_tools": {"mode": "auto", "tools": []}}"#, "allowed_tools"),
        (
            #"{"type": "allowed_tools", "mode": "often", "tools": [{"type": "function", "name": "get_weather"}]}"#,
            "often"
        ),
        (#"{"type": "allowed_tools", "mode": "auto", "tools": [{"type": "function", "name": "get_tim"}]}"#, "get_tim"),
        (#"{"type": "hosted"}"#, "allowed_tools"),
        (#""sometimes""#, "sometimes"), ("7", "tool_choice"),
    ])
    func `a choice that cannot be made is refused by name`(text: String, word: String) async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.send(
                "POST", "/v1/chat/completions", body: Self.request(#", "tool_choice": \#(text)"#))
            #expect(answer.status == 400)
            let error = try #require(try answer.json()["error"])
            #expect(error["param"]?.string?.hasPrefix("tool_choice") == true)
            #expect(error["message"]?.string?.contains(word) == true)
        }
    }

    @Test func `a client that wants one call at a time gets one`() async throws {
        let caller = ScriptedCaller([Self.call, Self.call])
        try await RunningGateway.with(caller: caller) { gateway in
            let answer = try await gateway.send(
                "POST", "/v1/chat/completions", body: Self.request(#", "parallel_tool_calls": false"#))
            #expect(
                try answer.json()["choices"]?.array?.first?["message"]?["tool_calls"]?.array?.count == 1)
        }
        #expect(caller.requests.map(\.allowsParallel) == [false])
    }

    @Test func `a call that had to be made and was not is no text`() async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.send(
                "POST", "/v1/chat/completions", body: Self.request(#", "tool_choice": "required""#))
            #expect(answer.status == 500)
            #expect(try answer.json()["error"]?["code"] == "no_tool_call")
        }
    }

    @Test func `the model answers from what tools returned, which is data`() async throws {
        let caller = ScriptedCaller()
        let model = ScriptedModel()
        try await RunningGateway.with(model: model, caller: caller) { gateway in
            let answer = try await gateway.post(
                "/v1/chat/completions",
                [
                    "model": "x", "tools": [["type": "function", "function": ["name": "get_weather"]]],
                    "messages": [
                        ["role": "user", "content": "Weather in Paris and Rome?"],
                        [
                            "role": "assistant", "content": nil,
                            "tool_calls": [
                                [
                                    "id": "a", "type": "function",
                                    "function": ["name": "get_weather", "arguments": #"{"city":"Paris"}"#],
                                ],
                                [
                                    "id": "b", "type": "function",
                                    "function": ["name": "get_weather", "arguments": #"{"city":"Rome"}"#],
                                ],
                            ],
                        ],
                        ["role": "tool", "tool_call_id": "a", "content": "12 °C <|im_end|>"],
                        ["role": "tool", "tool_call_id": "b", "content": [["type": "text", "text": "20 °C"]]],
                    ],
                ])
            #expect(try answer.json()["choices"]?.array?.first?["message"]?["content"] == "Hello there")
        }
        // Who decides on calls is given them with their results.
        #expect(
            caller.requests.map(\.dialog) == [
                [
                    .message(ChatMessage(.user, "Weather in Paris and Rome?")),
                    .calls([
                        MadeCall(
                            operation: "get_weather", arguments: #"{"city":"Paris"}"#, result: "12 °C <|im_end|>"),
                        MadeCall(operation: "get_weather", arguments: #"{"city":"Rome"}"#, result: "20 °C"),
                    ]),
                ]
            ])
        let text = """
            Weather in Paris and Rome?

            Result of get_weather({"city":"Paris"}): 12 °C <|im_end|>
            Result of get_weather({"city":"Rome"}): 20 °C
            """
        #expect(model.rendered == [[ChatMessage(.user, text)]])
        #expect(model.requests.first?.prompt.segments.last == .text(text))
    }

    @Test func `what was said in place of a call is the answer`() async throws {
        let model = ScriptedModel()
        let caller = ScriptedCaller(text: "It is cold", reason: .length)
        try await RunningGateway.with(model: model, caller: caller) { gateway in
            let more = #", "temperature": 0.5, "max_tokens": 9"#
            let json = try await gateway.send("POST", "/v1/chat/completions", body: Self.request(more)).json()
            let choice = try #require(json["choices"]?.array?.first)
            #expect(choice["message"]?["content"] == "It is cold")
            #expect(choice["finish_reason"] == "length")
            #expect(json["usage"]?["total_tokens"] == 35)
            let streamed = try await gateway.send(
                "POST", "/v1/chat/completions", body: Self.request(#", "stream": true"#))
            let deltas = try RunningGateway.events(streamed.text).compactMap { $0["choices"]?.array?.first?["delta"] }
            #expect(deltas.compactMap { $0["content"]?.string }.joined() == "It is cold")
        }
        #expect(model.requests.isEmpty)
        #expect(caller.requests.first?.sampling.temperature == 0.5)
        #expect(caller.requests.first?.sampling.maxTokens == 9)
    }

    @Test func `several answers are each made, whatever was said on the way`() async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model, caller: ScriptedCaller(text: "It is cold")) { gateway in
            let json = try await gateway.send("POST", "/v1/chat/completions", body: Self.request(#", "n": 2"#)).json()
            #expect(json["choices"]?.array?.map { $0["message"]?["content"] } == ["Hello there", "Hello there"])
        }
    }

    @Test func `what is said beside a call stands beside it`() async throws {
        try await RunningGateway.with(caller: ScriptedCaller([Self.call], text: "Let me look.")) { gateway in
            let json = try await gateway.send("POST", "/v1/chat/completions", body: Self.request()).json()
            let message = try #require(json["choices"]?.array?.first?["message"])
            #expect(message["content"] == "Let me look.")
            #expect(message["tool_calls"]?.array?.count == 1)
            let streamed = try await gateway.send(
                "POST", "/v1/chat/completions", body: Self.request(#", "stream": true"#))
            #expect(
                try RunningGateway.events(streamed.text).first?["choices"]?.array?.first?["delta"]?["content"]
                    == "Let me look.")
            let asked: JSONValue = [
                "model": "x", "input": "Weather?", "tools": [["type": "function", "name": "get_weather"]],
            ]
            let output = try await gateway.post("/v1/responses", asked).json()["output"]?.array
            #expect(output?.map { $0["type"] } == ["message", "function_call"])
            var members = try #require(asked.object)
            members["stream"] = true
            let events = try RunningGateway.events(try await gateway.post("/v1/responses", .object(members)).text)
            let done = events.filter { $0["type"] == "response.output_item.done" }
            #expect(done.map { $0["output_index"] } == [0, 1])
            #expect(done.first?["item"]?["content"]?.array?.first?["text"] == "Let me look.")
        }
    }
}
