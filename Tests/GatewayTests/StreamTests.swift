import Core
import LoopbackClient
import Synchronization
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct StreamTests {
    /// What a stream says, its id and time written as X and 0.
    private static func settled(_ text: String) -> String {
        text.replacing(/"id":"chatcmpl-\w+"/, with: #""id":"X""#).replacing(/"id":"call_\w+"/, with: #""id":"C""#)
            .replacing(/"created":\d+/, with: #""created":0"#)
    }

    @Test func `text comes in OpenAI's chunks, byte for byte`() async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.post(
                "/v1/chat/completions", chat("Hi", ["stream": true, "stream_options": ["include_usage": true]]))
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "text/event-stream; charset=utf-8")
            func chunk(_ delta: String, _ reason: String = "null") -> String {
                #"data: {"id":"X","object":"chat.completion.chunk","created":0,"model":"scripted-1","#
                    + #""choices":[{"index":0,"delta":\#(delta),"logprobs":null,"finish_reason":\#(reason)}],"usage":null}"#
            }
            let usage =
                #"data: {"id":"X","object":"chat.completion.chunk","created":0,"model":"scripted-1","choices":[],"#
                + #""usage":{"prompt_tokens":12,"completion_tokens":2,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":4}}}"#
            #expect(
                Self.settled(answer.text)
                    == [
                        chunk(#"{"role":"assistant","content":"","refusal":null}"#), chunk(#"{"content":"Hello"}"#),
                        chunk(#"{"content":" there"}"#), chunk("{}", #""stop""#), usage, "data: [DONE]", "",
                    ].joined(separator: "\n\n"))
        }
    }

    /// Thrown to leave an answer that would have no end.
    private struct Heard: Error {}

    @Test(arguments: ["/v1/chat/completions", "/v1/completions", "/v1/responses"])
    func `what is written is sent while the model goes on writing`(path: String) async throws {
        let model = ScriptedModel(ScriptedModel.Script(events: [.text("Hello")], isEndless: true))
        try await RunningGateway.with(model: model) { gateway in
            let body = try #require(questions("Hi", ["stream": true])[path])
            await #expect(throws: Heard.self) {
                let text = Mutex("")
                _ = try await gateway.client.send(LoopbackClient.Request("POST", path, body: body.text)) { piece in
                    if text.withLock({
                        $0 += piece; return $0.contains("Hello")
                    }) {
                        throw Heard()
                    }
                }
            }
            #expect(await model.waitForCancellation())
        }
    }

    @Test func `usage is left out where it is not asked for`() async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.post("/v1/chat/completions", chat("Hi", ["stream": true]))
            #expect(!answer.text.contains("usage"))
            #expect(answer.text.hasSuffix("data: [DONE]\n\n"))
        }
    }

    @Test func `calls come with an index, their name first`() async throws {
        let caller = ScriptedCaller([
            PlannedCall(operation: "f", arguments: ["a": 1]), PlannedCall(operation: "g", arguments: [:]),
        ])
        try await RunningGateway.with(caller: caller) { gateway in
            let answer = try await gateway.post(
                "/v1/chat/completions",
                chat(
                    "Hi",
                    [
                        "stream": true,
                        "tools": [
                            ["type": "function", "function": ["name": "f"]],
                            ["type": "function", "function": ["name": "g"]],
                        ],
                    ]))
            let choices = try RunningGateway.events(Self.settled(answer.text)).compactMap {
                $0["choices"]?.array?.first
            }
            #expect(
                choices.map { $0["delta"] } == [
                    ["role": "assistant", "content": nil],
                    [
                        "tool_calls": [
                            ["index": 0, "id": "C", "type": "function", "function": ["name": "f", "arguments": ""]]
                        ]
                    ],
                    ["tool_calls": [["index": 0, "function": ["arguments": #"{"a":1}"#]]]],
                    [
                        "tool_calls": [
                            ["index": 1, "id": "C", "type": "function", "function": ["name": "g", "arguments": ""]]
                        ]
                    ],
                    ["tool_calls": [["index": 1, "function": ["arguments": "{}"]]]],
                    [:],
                ])
            #expect(choices.last?["finish_reason"] == "tool_calls")
        }
    }

    @Test func `several choices come side by side, each with its beginning and end`() async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.post("/v1/chat/completions", chat("Hi", ["stream": true, "n": 3]))
            let choices = try RunningGateway.events(answer.text).compactMap { $0["choices"]?.array?.first }
            for index in 0..<3 {
                let own = choices.filter { $0["index"] == .integer(index) }
                #expect(own.first?["delta"]?["role"] == "assistant")
                #expect(own.compactMap { $0["delta"]?["content"]?.string }.joined() == "Hello there")
                #expect(own.last?["finish_reason"] == "stop")
            }
        }
    }

    @Test func `tokens come with the text they make`() async throws {
        func token(_ text: String) -> GenerationEvent {
            .logProbabilities(
                TokenLogProbabilities(
                    chosen: TokenLogProbabilities.Alternative(token: 1, text: text, logProbability: -1), likeliest: []))
        }
        let model = ScriptedModel(
            ScriptedModel.Script(events: [
                token("a"), token("b"), .text("ab"), token("END"), .finished(reason: .stop, usage: Usage()),
            ]))
        try await RunningGateway.with(model: model) { gateway in
            let answer = try await gateway.post(
                "/v1/chat/completions", chat("Hi", ["stream": true, "logprobs": true]))
            let choices = try RunningGateway.events(answer.text).compactMap { $0["choices"]?.array?.first }
            #expect(
                choices.map { $0["logprobs"]?["content"]?.array?.compactMap { $0["token"]?.string } }
                    == [nil, ["a", "b"], ["END"], nil])
        }
    }

    @Test func `what fails at the beginning is told by its status, later in the stream`() async throws {
        let full = ScriptedError(kind: "queueFull", failureClass: .limit, message: "64 requests wait; ask again later")
        try await RunningGateway.with(model: ScriptedModel(ScriptedModel.Script(events: [], error: full))) { gateway in
            let answer = try await gateway.post("/v1/chat/completions", chat("Hi", ["stream": true]))
            #expect(answer.status == 429)
        }
        let model = ScriptedModel(
            ScriptedModel.Script(
                events: [.text("Hel")], error: ScriptedError(kind: "decodeFailed", message: "it broke")))
        try await RunningGateway.with(model: model) { gateway in
            let answer = try await gateway.post("/v1/chat/completions", chat("Hi", ["stream": true]))
            #expect(answer.status == 200)
            #expect(try RunningGateway.events(answer.text).last?["error"]?["message"] == "it broke")
            #expect(!answer.text.contains("[DONE]"))
        }
    }
}
