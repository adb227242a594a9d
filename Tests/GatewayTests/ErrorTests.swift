import Core
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct ErrorTests {
    @Test func `members that cannot be what they are are refused by name`() async throws {
        let user: JSONValue = ["role": "user", "content": "Hi"]
        let cases: [(JSONValue, String)] = [
            (chat("Hi", ["temperature": 3]), "temperature"), (chat("Hi", ["temperature": "hot"]), "temperature"),
            (chat("Hi", ["top_p": -1]), "top_p"), (chat("Hi", ["n": 9]), "n"), (chat("Hi", ["n": 1.5]), "n"),
            (chat("Hi", ["max_tokens": 0]), "max_tokens"), (chat("Hi", ["stop": [1]]), "stop"),
            (chat("Hi", ["stream": "yes"]), "stream"), (chat("Hi", ["top_logprobs": 2]), "top_logprobs"),
            (chat("Hi", ["logprobs": true, "top_logprobs": 21]), "top_logprobs"),
            (chat("Hi", ["logit_bias": ["x": 1]]), "logit_bias.x"),
            (chat("Hi", ["logit_bias": ["1": 101]]), "logit_bias.1"), (chat("Hi", ["seed": 0.5]), "seed"),
            (chat("Hi", ["response_format": ["type": "xml"]]), "response_format.type"),
            (chat("Hi", ["functions": []]), "functions"),
            (chat("Hi", ["tool_choice": "required"]), "tool_choice"),
            (chat("Hi", ["tools": [["type": "web_search"]]]), "tools[0].type"),
            (chat("Hi", ["tools": [["type": "function", "function": ["name": "a b"]]]]), "tools[0].function.name"),
            (chat("Hi", ["squire": ["plugins": "auto"]]), "squire"),
            (chat("Hi", ["squire": ["plugins": 7]]), "squire.plugins"),
            (chat("Hi", ["model": 7]), "model"), (["model": "x"], "messages"),
            (["model": "x", "messages": []], "messages"), (["model": "x", "messages": ["Hi"]], "messages[0]"),
            (["model": "x", "messages": [["role": "robot", "content": "Hi"]]], "messages[0].role"),
            (["model": "x", "messages": [["role": "user"]]], "messages[0].content"),
            (
                ["model": "x", "messages": [user, ["role": "tool", "tool_call_id": "z", "content": "1"]]],
                "messages[1].tool_call_id"
            ),
            (
                [
                    "model": "x",
                    "messages": [["role": "user", "content": [["type": "image_url", "image_url": ["url": "x"]]]]],
                ], "messages[0].content[0].type"
            ),
        ]
        try await RunningGateway.with { gateway in
            for (body, parameter) in cases {
                let answer = try await gateway.post("/v1/chat/completions", body)
                #expect(answer.status == 400, "\(body.text)")
                let error = try #require(try answer.json()["error"])
                #expect(error["param"] == .string(parameter), "\(body.text)")
                #expect(error["type"] == "invalid_request_error")
                #expect(error["message"]?.string?.isEmpty == false)
                #expect(error.object?["code"] != nil)
            }
        }
    }

    @Test func `a member that is null is one that is missing`() async throws {
        try await RunningGateway.with { gateway in
            for name in ["temperature", "stop", "n", "seed", "tools", "tool_choice", "response_format", "functions"] {
                let answer = try await gateway.post("/v1/chat/completions", chat("Hi", [name: nil]))
                #expect(answer.status == 200, "\(name)")
            }
        }
    }

    @Test(arguments: ["", "{", "[]", "7", "{\"messages\": }"])
    func `a body that is no JSON object is refused`(body: String) async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.send("POST", "/v1/chat/completions", body: body)
            #expect(answer.status == 400)
            #expect(try answer.json()["error"]?["type"] == "invalid_request_error")
        }
    }

    @Test(arguments: [
        (FailureClass.invalid, 400), (.notFound, 400), (.denied, 403), (.limit, 429), (.unavailable, 503),
        (.failed, 500),
    ])
    func `what the model throws becomes a status by its class, with its word`(
        failureClass: FailureClass, status: Int
    ) async throws {
        let error = ScriptedError(kind: "cupBroken", failureClass: failureClass, message: "it cannot")
        try await RunningGateway.with(model: ScriptedModel(ScriptedModel.Script(events: [], error: error))) { gateway in
            for (path, body) in questions("Hi") {
                let answer = try await gateway.post(path, body)
                #expect(answer.status == status)
                #expect(try answer.json()["error"]?["code"] == "cupBroken")
                #expect(try answer.json()["error"]?["message"]?.string == "it cannot")
                #expect(answer.headers["retry-after"] == (status == 429 ? "1" : nil))
            }
        }
    }

    @Test func `a prompt that is too long is told in the words that clients know`() async throws {
        let error = ScriptedError(kind: .promptTooLong, failureClass: .invalid, message: "it has 9 tokens")
        try await RunningGateway.with(model: ScriptedModel(ScriptedModel.Script(events: [], error: error))) { gateway in
            let answer = try await gateway.post("/v1/chat/completions", chat("Hi"))
            #expect(answer.status == 400)
            #expect(try answer.json()["error"]?["code"] == "context_length_exceeded")
            let message = try #require(try answer.json()["error"]?["message"]?.string)
            #expect(message.contains("maximum context length") && message.hasSuffix("it has 9 tokens"))
        }
    }

    @Test func `nothing is told of what was given up`() {
        #expect(APIError(ScriptedError(kind: "interrupted", failureClass: .cancelled, message: "")) == nil)
    }

    @Test func `what is not there is told in JSON, with what is`() async throws {
        try await RunningGateway.with { gateway in
            let nowhere = try await gateway.get("/v1/nowhere")
            #expect(nowhere.status == 404)
            #expect(try nowhere.json()["error"]?["message"]?.string?.contains("/v1/models") == true)
            let method = try await gateway.get("/v1/chat/completions")
            #expect(method.status == 405)
            #expect(method.headers["allow"] == "POST")
            #expect(try method.json()["error"]?["code"] == "method_not_allowed")
            #expect(try await gateway.send("DELETE", "/v1/models/x").status == 405)
        }
    }

    @Test func `a body over 16 MiB is refused, and the answer reaches who sent it`() async throws {
        try await RunningGateway.with { gateway in
            let body = #"{"model": "x", "input": ""# + String(repeating: "a", count: 17 << 20) + #""}"#
            let answer = try await gateway.send("POST", "/v1/embeddings", body: body)
            #expect(answer.status == 413)
            #expect(try answer.json()["error"]?["message"]?.string?.contains("16 MiB") == true)
            #expect(try await gateway.get("/health").status == 200)
        }
    }
}
