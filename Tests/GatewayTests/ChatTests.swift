import Core
import Foundation
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct ChatTests {
    @Test func `an answer has OpenAI's form and the real model's name`() async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.post("/v1/chat/completions", chat())
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/json")
            let json = try answer.json()
            #expect(json["object"] == "chat.completion")
            #expect(json["model"] == "scripted-1")
            #expect(json["id"]?.string?.hasPrefix("chatcmpl-") == true)
            #expect(
                json["choices"] == [
                    [
                        "index": 0, "message": ["role": "assistant", "content": "Hello there", "refusal": nil],
                        "logprobs": nil, "finish_reason": "stop",
                    ]
                ])
            #expect(
                json["usage"] == [
                    "prompt_tokens": 12, "completion_tokens": 2, "total_tokens": 14,
                    "prompt_tokens_details": ["cached_tokens": 4],
                ])
        }
    }

    @Test func `messages of all roles and parts of text reach the model`() async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model) { gateway in
            let answer = try await gateway.post(
                "/v1/chat/completions",
                [
                    "model": "x",
                    "messages": [
                        ["role": "developer", "content": "Be brief."],
                        ["role": "system", "content": [["type": "text", "text": "Be kind."]]],
                        [
                            "role": "user",
                            "content": [["type": "text", "text": "One "], ["type": "text", "text": "two"]],
                        ],
                        ["role": "assistant", "content": "Three"], ["role": "user", "content": "Four"],
                    ],
                ])
            #expect(answer.status == 200)
        }
        #expect(
            model.rendered == [
                [
                    ChatMessage(.system, "Be brief.\n\nBe kind."), ChatMessage(.user, "One two"),
                    ChatMessage(.assistant, "Three"), ChatMessage(.user, "Four"),
                ]
            ])
    }

    @Test func `sampling comes from the request, and from the defaults where it says nothing`() async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model, sampling: Sampling(temperature: 0.3, topK: 7)) { gateway in
            let answer = try await gateway.post(
                "/v1/chat/completions",
                chat(
                    "Hi",
                    [
                        "top_p": 0.5, "presence_penalty": 1, "frequency_penalty": -1.5, "seed": 5,
                        "max_completion_tokens": 9, "stop": ["END", ""], "logit_bias": ["42": -100, "43": 1.5], "n": 2,
                    ]))
            #expect(answer.status == 200)
            #expect(try answer.json()["choices"]?.array?.compactMap { $0["index"]?.integer } == [0, 1])
            #expect(try answer.json()["usage"]?["completion_tokens"] == 4)
            #expect(try answer.json()["usage"]?["prompt_tokens"] == 12)
        }
        let expected = Sampling(
            temperature: 0.3, topK: 7, topP: 0.5, frequencyPenalty: -1.5, presencePenalty: 1,
            logitBias: [LogitBias(token: 42, bias: nil), LogitBias(token: 43, bias: 1.5)], seed: 5, maxTokens: 9,
            stop: ["END"])
        var second = expected
        second.seed = 6
        #expect(model.requests.map(\.sampling) == [expected, second])
    }

    @Test func `seeds of 64 bits are taken, with and without a sign`() async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model) { gateway in
            for seed in ["18446744073709551615", "-9223372036854775808", "0"] {
                let body = chat("Hi", ["seed": try JSONValue(parsing: seed)])
                #expect(try await gateway.post("/v1/chat/completions", body).status == 200)
            }
            for seed in ["18446744073709551616", "1.5", "12345678901234567890.5"] {
                let body = chat("Hi", ["seed": try JSONValue(parsing: seed)])
                #expect(try await gateway.post("/v1/chat/completions", body).status == 400)
            }
        }
        #expect(model.requests.map(\.sampling.seed) == [2_654_435_760, 2_147_483_648, 0])
    }

    @Test func `a body of more values than are read is too large`()
        async throws
    {
        try await RunningGateway.with { gateway in
            let many = JSONValue.array(Array(repeating: 0, count: 2_000_001))
            let large = try await gateway.post("/v1/chat/completions", ["messages": many])
            #expect(large.status == 413)
            #expect(try large.json()["error"]?["message"]?.string?.contains("more than 2000000 values") == true)
        }
    }

    @Test func `a token limit is told as length`() async throws {
        try await RunningGateway.with(model: ScriptedModel(saying: ["Hel"], reason: .length)) { gateway in
            let json = try await gateway.post("/v1/chat/completions", chat("Hi", ["max_tokens": 1])).json()
            #expect(json["choices"]?.array?.first?["finish_reason"] == "length")
        }
    }

    @Test func `log-probabilities name each token with its bytes and its rivals`() async throws {
        let rival = TokenLogProbabilities.Alternative(token: 2, text: "Hé", logProbability: -.infinity)
        let token = TokenLogProbabilities(
            chosen: TokenLogProbabilities.Alternative(token: 1, text: "Hi", logProbability: -0.25),
            likeliest: [rival])
        let model = ScriptedModel(
            ScriptedModel.Script(events: [
                .logProbabilities(token), .text("Hi"), .finished(reason: .stop, usage: Usage()),
            ]))
        try await RunningGateway.with(model: model) { gateway in
            let json = try await gateway.post(
                "/v1/chat/completions", chat("Hi", ["logprobs": true, "top_logprobs": 1])
            ).json()
            #expect(
                json["choices"]?.array?.first?["logprobs"] == [
                    "content": [
                        [
                            "token": "Hi", "logprob": -0.25, "bytes": [72, 105],
                            "top_logprobs": [["token": "Hé", "logprob": -9999, "bytes": [72, 195, 169]]],
                        ]
                    ], "refusal": nil,
                ])
        }
        #expect(model.requests.first?.sampling.logProbabilities == 1)
    }

    @Test func `a response format constrains the text`() async throws {
        let schema: JSONValue = ["type": "object", "properties": ["city": ["type": "string"]]]
        let model = ScriptedModel()
        try await RunningGateway.with(model: model) { gateway in
            for format: JSONValue in [
                ["type": "text"], ["type": "json_object"],
                ["type": "json_schema", "json_schema": ["name": "place", "strict": true, "schema": schema]],
            ] {
                let answer = try await gateway.post("/v1/chat/completions", chat("Hi", ["response_format": format]))
                #expect(answer.status == 200)
            }
        }
        #expect(model.requests.map(\.constraint) == [nil, .schema(["type": "object"]), .schema(schema)])
    }

    @Test func `a schema that nothing meets is refused with the place`() async throws {
        let rules = SchemaRules(unenforced: { _ in
            throw ScriptedError(
                kind: "schemaUnsatisfiable", failureClass: .invalid, message: "/properties/city/not: nothing is allowed"
            )
        })
        try await RunningGateway.with(schemas: rules) { gateway in
            let answer = try await gateway.post(
                "/v1/chat/completions",
                chat(
                    "Hi",
                    ["response_format": ["type": "json_schema", "json_schema": ["name": "x", "schema": [:]]]]))
            #expect(answer.status == 400)
            let error = try #require(try answer.json()["error"])
            #expect(error["param"] == "response_format.json_schema.schema")
            #expect(error["message"]?.string?.contains("/properties/city/not") == true)
        }
    }
}
