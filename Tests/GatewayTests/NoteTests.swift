import Core
import HTTPTypes
import Testing

@testable import Gateway

/// What OpenAI's form has no place for is told in the member `squire` and in headers.
@Suite(.timeLimit(.minutes(1)))
struct NoteTests {
    private static let dropping = ScriptedModel.Script(events: [
        .queued(position: 1), .dropped(turns: 3), .text("Hello"),
        .finished(reason: .stop, usage: Usage(promptTokens: 12, completionTokens: 2, droppedTurns: 3)),
    ])

    @Test func `turns that were left out are told, in one piece and streamed`() async throws {
        try await RunningGateway.with(model: ScriptedModel(Self.dropping)) { gateway in
            for path in ["/v1/chat/completions", "/v1/responses"] {
                let body = try #require(questions("Hi")[path])
                let whole = try await gateway.post(path, body)
                #expect(whole.headers["x-squire-dropped-turns"] == "3", "\(path)")
                #expect(try whole.json()["squire"]?["droppedTurns"] == 3, "\(path)")
                #expect(try whole.json()["usage"]?["dropped_turns"] == 3, "\(path)")
                let streamed = try await gateway.post(path, try #require(questions("Hi", ["stream": true])[path]))
                #expect(streamed.headers["x-squire-dropped-turns"] == "3", "\(path)")
                let last = try #require(try RunningGateway.events(streamed.text).last)
                #expect((last["response"] ?? last)["squire"]?["droppedTurns"] == 3, "\(path)")
            }
        }
    }

    @Test func `where nothing was left out nothing is said`() async throws {
        try await RunningGateway.with { gateway in
            let answer = try await gateway.post("/v1/chat/completions", chat())
            #expect(answer.headers["x-squire-dropped-turns"] == nil && answer.headers["x-squire-warnings"] == nil)
            #expect(try answer.json()["squire"] == nil)
            #expect(try answer.json()["usage"]?["dropped_turns"] == nil)
        }
    }

    @Test func `a header is one line of ASCII, whatever the warning says`() {
        var headers = HTTPFields()
        AnswerNotes(warnings: ["a\r\nSet-Cookie: x", "é" + String(repeating: "z", count: 5000)]).add(to: &headers)
        let line = headers.first { $0.name.canonicalName == "x-squire-warnings" }?.value ?? ""
        #expect(line.hasPrefix("a??Set-Cookie: x; ?zz"))
        #expect(line.count == 1000)
    }

    @Test(arguments: [
        ("18446744073709551615", true), ("-9223372036854775808", true), ("9223372036854775807", true), ("-1", true),
        ("1e30", false), ("0.5", false), ("\"1\"", false),
    ])
    func `seeds of 64 bits are taken, with a sign and without`(seed: String, isTaken: Bool) async throws {
        let model = ScriptedModel()
        try await RunningGateway.with(model: model) { gateway in
            let body = #"{"model": "x", "messages": [{"role": "user", "content": "Hi"}], "seed": \#(seed)}"#
            let answer = try await gateway.send("POST", "/v1/chat/completions", body: body)
            #expect(answer.status == (isTaken ? 200 : 400))
        }
        #expect(model.requests.map { $0.sampling.seed != nil } == (isTaken ? [true] : []))
    }

    @Test func `small seeds are taken as they are`() throws {
        let fields = try Fields(["seed": 42], at: "")
        #expect(try Sampling(fields).seed == 42)
        let large = try [1, 2, 3].map { try Sampling(Fields(["seed": .integer($0 << 32)], at: "")).seed }
        #expect(Set(large).count == 3)
    }

    @Test func `a token's bytes are always there`() {
        let part = TokenLogProbabilities.Alternative(
            token: 1, text: "\u{FFFD}", logProbability: -1, bytes: [0xf0, 0x9f])
        let whole = TokenLogProbabilities.Alternative(token: 2, text: "é", logProbability: -2)
        let json = TokenLogProbabilities(chosen: part, likeliest: [part, whole]).chatJSON
        #expect(json["bytes"] == [0xf0, 0x9f])
        #expect(json["top_logprobs"]?.array?.map { $0["bytes"] } == [[0xf0, 0x9f], [0xc3, 0xa9]])
    }

    @Test func `an embedding is of all of a text, or an error with its place`() async throws {
        try await RunningGateway.with { gateway in
            let long = String(repeating: "word ", count: 600)
            let answer = try await gateway.post("/v1/embeddings", ["model": "x", "input": ["short", .string(long)]])
            #expect(answer.status == 400)
            #expect(try answer.json()["error"]?["param"] == "input[1]")
            #expect(try answer.json()["error"]?["code"] == "context_length_exceeded")
            #expect(try answer.json()["error"]?["message"]?.string?.contains("maximum context length is 512") == true)
        }
    }
}
