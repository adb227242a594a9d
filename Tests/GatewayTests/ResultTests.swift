import Core
import Testing

@testable import Gateway

/// What comes after a client's tools have returned something.
@Suite(.timeLimit(.minutes(1)))
struct ResultTests {
    private static let call = PlannedCall(operation: "get_weather", arguments: ["city": "Paris"])

    private func request(_ more: JSONObject = [:]) -> JSONValue {
        let members: JSONObject = [
            "model": "x", "tools": [["type": "function", "function": ["name": "get_weather"]]],
            "messages": [
                ["role": "system", "content": "Be brief."], ["role": "user", "content": "Weather in Paris?"],
                [
                    "role": "assistant", "content": nil,
                    "tool_calls": [
                        [
                            "id": "a", "type": "function",
                            "function": ["name": "get_weather", "arguments": #"{"city":"Paris"}"#],
                        ]
                    ],
                ], ["role": "tool", "tool_call_id": "a", "content": "12 °C"],
            ],
        ]
        return .object(members.merging(more) { $1 })
    }

    private func answer(
        _ more: JSONObject = [:], saying text: String = "It is 12 °C. Not warm.",
        caller: ScriptedCaller = ScriptedCaller()
    ) async throws -> (answer: JSONValue, asked: [(messages: [ChatMessage], results: [MadeCall])]) {
        let results = ScriptedResults(text)
        let body = request(more)
        let answer = try await RunningGateway.with(caller: caller, results: results) { gateway in
            try await gateway.post("/v1/chat/completions", body).json()
        }
        return (answer, results.requests)
    }

    @Test func `the answer is made of the question and the results, each by itself`() async throws {
        let (answer, asked) = try await answer()
        let choice = answer["choices"]?.array?.first
        #expect(choice?["message"]?["content"] == "It is 12 °C. Not warm.")
        #expect(choice?["finish_reason"] == "stop")
        #expect(answer["usage"]?["completion_tokens"] == 12)
        #expect(asked.first?.messages == [ChatMessage(.system, "Be brief."), ChatMessage(.user, "Weather in Paris?")])
        #expect(
            asked.first?.results == [
                MadeCall(operation: "get_weather", arguments: #"{"city":"Paris"}"#, result: "12 °C")
            ])
    }

    @Test func `its limits are the request's`() async throws {
        let (stopped, _) = try await answer(["stop": ". Not"])
        #expect(stopped["choices"]?.array?.first?["message"]?["content"] == "It is 12 °C")
        let (cut, _) = try await answer(["max_tokens": 10])
        // The tenth byte begins a character that takes two.
        #expect(cut["choices"]?.array?.first?["message"]?["content"] == "It is 12 ")
        #expect(cut["choices"]?.array?.first?["finish_reason"] == "length")
        let (several, _) = try await answer(["n": 2])
        #expect(several["choices"]?.array?.count == 2)
        #expect(several["usage"]?["completion_tokens"] == 12)
    }

    @Test func `where a form is asked for, the model writes in it`() async throws {
        let (answer, asked) = try await answer(["response_format": ["type": "json_object"]])
        #expect(answer["choices"]?.array?.first?["message"]?["content"] == "Hello there")
        #expect(asked.isEmpty)
    }

    @Test func `what must be called and was called already is answered, so that an agent ends`() async throws {
        let caller = ScriptedCaller()
        let (answer, _) = try await answer(["tool_choice": "required"], caller: caller)
        #expect(answer["choices"]?.array?.first?["message"]?["content"] == "It is 12 °C. Not warm.")
    }

    @Test func `another question may make the same call again`() async throws {
        let caller = ScriptedCaller([Self.call])
        var messages = request()["messages"]?.array ?? []
        messages.append(["role": "user", "content": "And now?"])
        let (answer, _) = try await answer(["messages": .array(messages)], caller: caller)
        #expect(answer["choices"]?.array?.first?["finish_reason"] == "tool_calls")
        let asked = caller.requests.first?.dialog.question
        #expect(asked?.made == [])
        // What tools returned is no part of any question.
        #expect(asked?.messages.suffix(2) == [ChatMessage(.user, "Weather in Paris?"), ChatMessage(.user, "And now?")])
    }
}
