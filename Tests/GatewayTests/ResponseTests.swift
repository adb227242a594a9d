import Core
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct ResponseTests {
    @Test func `a response repeats what was asked, and holds the message`() async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model) { gateway in
            let json = try await gateway.post(
                "/v1/responses",
                ["model": "x", "input": "Hi", "instructions": "Be brief.", "max_output_tokens": 9, "store": true]
            ).json()
            #expect(json["object"] == "response")
            #expect(json["status"] == "completed")
            #expect(json["model"] == "scripted-1")
            #expect(json["instructions"] == "Be brief.")
            #expect(json["store"] == false)
            let item = try #require(json["output"]?.array?.first)
            #expect(item["type"] == "message")
            #expect(
                item["content"] == [["type": "output_text", "text": "Hello there", "annotations": [], "logprobs": []]])
            #expect(json["usage"]?["input_tokens_details"]?["cached_tokens"] == 4)
        }
        #expect(model.rendered == [[ChatMessage(.system, "Be brief."), ChatMessage(.user, "Hi")]])
        #expect(model.requests.first?.sampling.maxTokens == 9)
    }

    @Test func `a text comes in typed events, numbered`() async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.post("/v1/responses", ["model": "x", "input": "Hi", "stream": true])
            let events = try RunningGateway.events(answer.text)
            #expect(
                events.map { $0["type"]?.string } == [
                    "response.created", "response.in_progress", "response.output_item.added",
                    "response.content_part.added", "response.output_text.delta", "response.output_text.delta",
                    "response.output_text.done", "response.content_part.done", "response.output_item.done",
                    "response.completed",
                ])
            #expect(events.map { $0["sequence_number"]?.integer } == Array(0..<10))
            let names = answer.text.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { $0.dropFirst(7) }
            #expect(names == events.compactMap { $0["type"]?.string }.map { $0[...] })
            #expect(events.compactMap { $0["delta"]?.string } == ["Hello", " there"])
            #expect(Set(events.compactMap { $0["item_id"]?.string }).count == 1)
            #expect(events.last?["response"]?["output"]?.array?.first?["status"] == "completed")
            #expect(!answer.text.contains("[DONE]"))
        }
    }

    @Test func `a token limit makes a response incomplete`() async throws {
        try await RunningGateway.with(model: ScriptedModel(saying: ["Hel"], reason: .length)) { gateway in
            let json = try await gateway.post("/v1/responses", ["model": "x", "input": "Hi"]).json()
            #expect(json["status"] == "incomplete")
            #expect(json["incomplete_details"] == ["reason": "max_output_tokens"])
            let streamed = try await gateway.post("/v1/responses", ["model": "x", "input": "Hi", "stream": true])
            #expect(try RunningGateway.events(streamed.text).last?["type"] == "response.incomplete")
        }
    }

    private static let tool: JSONValue = [
        "type": "function", "name": "f", "parameters": ["type": "object", "properties": ["a": ["type": "integer"]]],
    ]

    @Test func `calls are items, whole and as events`() async throws {
        let caller = ScriptedCaller([PlannedCall(operation: "f", arguments: ["a": 1])])
        try await RunningGateway.with(caller: caller) { gateway in
            let body: JSONObject = [
                "model": "x", "input": "Hi", "tools": [Self.tool], "tool_choice": ["type": "function", "name": "f"],
            ]
            let json = try await gateway.post("/v1/responses", .object(body)).json()
            let item = try #require(json["output"]?.array?.first)
            #expect(item["type"] == "function_call")
            #expect(item["name"] == "f")
            #expect(item["arguments"] == #"{"a":1}"#)
            #expect(item["call_id"]?.string?.hasPrefix("call_") == true)
            #expect(json["tools"] == [Self.tool])
            let streamed = try await gateway.post("/v1/responses", .object(body.merging(["stream": true]) { $1 }))
            #expect(
                try RunningGateway.events(streamed.text).map { $0["type"]?.string } == [
                    "response.created", "response.in_progress", "response.output_item.added",
                    "response.function_call_arguments.delta", "response.function_call_arguments.done",
                    "response.output_item.done", "response.completed",
                ])
        }
        #expect(caller.requests.first?.choice == .named("f"))
        #expect(caller.requests.first?.tools.first?.parameterOrder == ["a"])
    }

    @Test func `items of a conversation reach the model`() async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model) { gateway in
            let answer = try await gateway.post(
                "/v1/responses",
                [
                    "model": "x", "tools": [Self.tool],
                    "input": [
                        ["role": "user", "content": [["type": "input_text", "text": "Add"]]],
                        ["type": "reasoning", "summary": []],
                        ["type": "function_call", "call_id": "c", "name": "f", "arguments": #"{"a":1}"#],
                        ["type": "function_call_output", "call_id": "c", "output": "2"],
                        [
                            "type": "message", "role": "assistant",
                            "content": [["type": "output_text", "text": "It is 2."]],
                        ],
                        ["role": "user", "content": "Thanks"],
                    ],
                ])
            #expect(answer.status == 200)
        }
        #expect(
            model.rendered == [
                [
                    ChatMessage(.user, "Add\n\nResult of f({\"a\":1}): 2"), ChatMessage(.assistant, "It is 2."),
                    ChatMessage(.user, "Thanks"),
                ]
            ])
    }

    @Test func `a format constrains the text`() async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model) { gateway in
            let answer = try await gateway.post(
                "/v1/responses",
                [
                    "model": "x", "input": "Hi",
                    "text": ["format": ["type": "json_schema", "name": "n", "schema": ["type": "object"]]],
                ])
            #expect(answer.status == 200)
        }
        #expect(model.requests.map(\.constraint) == [.schema(["type": "object"])])
    }

    @Test func `what is not kept is refused by name`() async throws {
        let cases: [(JSONValue, String)] = [
            (["model": "x", "input": "Hi", "previous_response_id": "resp_1"], "previous_response_id"),
            (["model": "x", "input": "Hi", "conversation": "conv_1"], "conversation"),
            (["model": "x", "input": "Hi", "background": true], "background"), (["model": "x"], "input"),
            (["model": "x", "input": [["type": "item_reference", "id": "x"]]], "input[0].type"),
            (["model": "x", "input": "Hi", "tools": [["type": "web_search"]]], "tools[0].type"),
            (
                ["model": "x", "input": "Hi", "tools": [Self.tool], "tool_choice": ["type": "file_search"]],
                "tool_choice.type"
            ),
        ]
        try await RunningGateway.with { gateway in
            for (body, parameter) in cases {
                let answer = try await gateway.post("/v1/responses", body)
                #expect(answer.status == 400)
                #expect(try answer.json()["error"]?["param"] == .string(parameter))
            }
        }
    }

    @Test func `what fails midway ends the stream with a failed response`() async throws {
        let model = ScriptedModel(
            ScriptedModel.Script(
                events: [.text("Hel")], error: ScriptedError(kind: "decodeFailed", message: "it broke")))
        try await RunningGateway.with(model: model) { gateway in
            let answer = try await gateway.post("/v1/responses", ["model": "x", "input": "Hi", "stream": true])
            let last = try #require(try RunningGateway.events(answer.text).last)
            #expect(last["type"] == "response.failed")
            #expect(last["response"]?["error"]?["message"] == "it broke")
        }
    }
}
