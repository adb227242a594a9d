import Core
import Synchronization
import Testing

@testable import Gateway

/// Says two pieces, and where they come from.
private final class ScriptedAssistant: AssistantAsking {
    static let citation = Citation(number: 1, source: "/a.md", title: "A", location: "line 1", quote: "12 °C")
    private let seen = Mutex<[AssistantQuestion]>([])

    var questions: [AssistantQuestion] { seen.withLock { $0 } }

    func ask(
        _ question: AssistantQuestion, emit: @escaping @Sendable (String) -> Void
    ) async throws -> AssistantAnswer {
        seen.withLock { $0.append(question) }
        if question.plugins == .named(["nobody"]) {
            throw ScriptedError(kind: "pluginUnknown", message: "there is no plugin nobody")
        }
        emit("It is ")
        return AssistantAnswer(
            text: "It is 12 °C [1].", citations: [Self.citation], usage: Usage(promptTokens: 5, completionTokens: 3),
            finishReason: .stop)
    }
}

@Suite(.timeLimit(.minutes(1)))
struct AssistantTests {
    private static let squire: JSONValue = [
        "citations": [["number": 1, "source": "/a.md", "title": "A", "location": "line 1", "quote": "12 °C"]]
    ]

    @Test func `the daemon's assistant answers, with its sources`() async throws {
        let assistant = ScriptedAssistant()
        try await RunningGateway.with(assistant: assistant) { gateway in
            let json = try await gateway.post(
                "/v1/chat/completions", chat("How warm?", ["squire": ["plugins": ["weather"]], "temperature": 1])
            ).json()
            let message = try #require(json["choices"]?.array?.first?["message"])
            #expect(message["content"] == "It is 12 °C [1].")
            #expect(message["squire"] == Self.squire)
            #expect(json["usage"]?["total_tokens"] == 8)
        }
        let question = try #require(assistant.questions.first)
        #expect(question.plugins == .named(["weather"]))
        #expect(question.messages == [ChatMessage(.user, "How warm?")])
        #expect(question.sampling.temperature == 1)
    }

    @Test func `its text streams, the rest of it at the end`() async throws {
        try await RunningGateway.with(assistant: ScriptedAssistant()) { gateway in
            let answer = try await gateway.post(
                "/v1/chat/completions", chat("How warm?", ["squire": ["plugins": "auto"], "stream": true]))
            let deltas = try RunningGateway.events(answer.text).compactMap { $0["choices"]?.array?.first?["delta"] }
            #expect(deltas.compactMap { $0["content"]?.string } == ["", "It is ", "12 °C [1]."])
            #expect(deltas.last?["squire"] == Self.squire)
        }
    }

    @Test func `plugins there are not, and members it cannot serve, are refused`() async throws {
        try await RunningGateway.with(assistant: ScriptedAssistant()) { gateway in
            let unknown = try await gateway.post(
                "/v1/chat/completions", chat("Hi", ["squire": ["plugins": ["nobody"]], "stream": true]))
            #expect(unknown.status == 400)
            #expect(try unknown.json()["error"]?["code"] == "pluginUnknown")
            let members: [String: JSONValue] = [
                "n": 2, "logprobs": true, "response_format": ["type": "json_object"],
                "tools": [["type": "function", "function": ["name": "f"]]],
            ]
            for (name, value) in members {
                let answer = try await gateway.post(
                    "/v1/chat/completions", chat("Hi", ["squire": ["plugins": "auto"], name: value]))
                #expect(answer.status == 400)
                #expect(try answer.json()["error"]?["param"] == .string(name))
            }
        }
    }
}
