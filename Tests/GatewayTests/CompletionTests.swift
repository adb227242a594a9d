import Core
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct CompletionTests {
    @Test func `each prompt gets its texts, in order`() async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model) { gateway in
            let json = try await gateway.post(
                "/v1/completions", ["model": "x", "prompt": ["One", "Two"], "n": 2, "max_tokens": 5, "stop": "."]
            ).json()
            #expect(json["object"] == "text_completion")
            #expect(
                json["choices"]
                    == .array(
                        (0..<4).map {
                            ["index": .integer($0), "text": "Hello there", "logprobs": nil, "finish_reason": "stop"]
                        }))
            #expect(json["usage"]?["prompt_tokens"] == 24)
            #expect(json["usage"]?["completion_tokens"] == 8)
        }
        #expect(model.requests.map(\.prompt.segments) == ["One", "One", "Two", "Two"].map { [.template($0)] })
        #expect(model.requests.first?.sampling.stop == ["."])
    }

    @Test func `a suffix has the model write what stands between`() async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model) { gateway in
            let answer = try await gateway.post("/v1/completions", ["model": "x", "prompt": "a", "suffix": "b"])
            #expect(answer.status == 200)
        }
        #expect(
            model.requests.first?.prompt.segments == [
                .template("<prefix>"), .text("a"), .template("<suffix>"), .text("b"),
            ])
    }

    @Test func `texts stream in chunks of the same form`() async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.post(
                "/v1/completions",
                ["model": "x", "prompt": "Hi", "stream": true, "stream_options": ["include_usage": true]])
            let events = try RunningGateway.events(answer.text)
            #expect(
                events.dropLast().map { $0["choices"] } == [
                    [["index": 0, "text": "Hello", "logprobs": nil, "finish_reason": nil]],
                    [["index": 0, "text": " there", "logprobs": nil, "finish_reason": nil]],
                    [["index": 0, "text": "", "logprobs": nil, "finish_reason": "stop"]],
                ])
            #expect(events.last?["usage"]?["total_tokens"] == 14)
            #expect(answer.text.hasSuffix("data: [DONE]\n\n"))
        }
    }

    @Test func `tokens stand where they are in the text`() async throws {
        func token(_ text: String) -> GenerationEvent {
            let chosen = TokenLogProbabilities.Alternative(token: 1, text: text, logProbability: -0.5)
            return .logProbabilities(TokenLogProbabilities(chosen: chosen, likeliest: [chosen]))
        }
        let model = ScriptedModel(
            ScriptedModel.Script(events: [
                token("é"), .text("é"), token("tat"), .text("tat"), .finished(reason: .stop, usage: Usage()),
            ]))
        try await RunningGateway.with(model: model) { gateway in
            let json = try await gateway.post("/v1/completions", ["model": "x", "prompt": "Hi", "logprobs": 1]).json()
            #expect(
                json["choices"]?.array?.first?["logprobs"] == [
                    "tokens": ["é", "tat"], "token_logprobs": [-0.5, -0.5],
                    "top_logprobs": [["é": -0.5], ["tat": -0.5]], "text_offset": [0, 1],
                ])
            let streamed = try await gateway.post(
                "/v1/completions", ["model": "x", "prompt": "Hi", "logprobs": 1, "stream": true])
            let offsets = try RunningGateway.events(streamed.text).compactMap {
                $0["choices"]?.array?.first?["logprobs"]?["text_offset"]
            }
            #expect(offsets == [[0], [1]])
        }
    }

    @Test func `what is not supported is refused by name`() async throws {
        let cases: [(JSONValue, String)] = [
            (["model": "x", "prompt": "Hi", "echo": true], "echo"), (["model": "x"], "prompt"),
            (["model": "x", "prompt": [1, 2]], "prompt"), (["model": "x", "prompt": "Hi", "best_of": 3], "best_of"),
            (["model": "x", "prompt": .array(Array(repeating: "Hi", count: 65))], "prompt"),
        ]
        try await RunningGateway.with { gateway in
            for (body, parameter) in cases {
                let answer = try await gateway.post("/v1/completions", body)
                #expect(answer.status == 400)
                #expect(try answer.json()["error"]?["param"] == .string(parameter))
            }
        }
    }
}
