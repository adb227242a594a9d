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
        _ question: AssistantQuestion, emit: @escaping @Sendable (AssistantPiece) -> Void
    ) async throws -> AssistantAnswer {
        seen.withLock { $0.append(question) }
        if question.plugins == .named(["nobody"]) {
            throw ScriptedError(kind: "pluginUnknown", failureClass: .notFound, message: "there is no plugin nobody")
        }
        if question.plugins == .named(["large"]) { emit(.warning("3 of 9 operations were indexed")) }
        emit(.text("It is "))
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

    @Test func `what it says of how the answer came about is in the answer and a header, streamed or not`() async throws
    {
        try await RunningGateway.with(assistant: ScriptedAssistant()) { gateway in
            for isStreamed in [false, true] {
                let answer = try await gateway.post(
                    "/v1/chat/completions",
                    chat("How warm?", ["squire": ["plugins": ["large"]], "stream": .bool(isStreamed)]))
                #expect(answer.headers["x-squire-warnings"] == "3 of 9 operations were indexed")
                let json = isStreamed ? try RunningGateway.events(answer.text).last : try answer.json()
                #expect(json?["squire"]?["warnings"] == ["3 of 9 operations were indexed"])
            }
        }
    }

    @Test func `plugins there are not, and members it cannot serve, are refused`() async throws {
        try await RunningGateway.with(assistant: ScriptedAssistant()) { gateway in
            let unknown = try await gateway.post(
                "/v1/chat/completions", chat("Hi", ["squire": ["plugins": ["nobody"]], "stream": true]))
            #expect(unknown.status == 400)
            #expect(try unknown.json()["error"]?["code"] == "pluginUnknown")
            let members: JSONObject = [
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

    @Test func `ordinary clients are given what is configured, where the assistant can answer them`() async throws {
        let assistant = ScriptedAssistant()
        let model = ScriptedModel()
        let scope = AssistantScope(plugins: .named(["weather"]), collections: .named(["work"]))
        let ordinary = [chat("How warm?"), chat("How warm?", ["stream": true])]
        let others: [JSONValue] = [
            chat("How warm?", ["n": 2]), chat("How warm?", ["response_format": ["type": "json_object"]]),
            chat("How warm?", ["logprobs": true]), chat("How warm?", ["squire": ["plugins": [], "collections": []]]),
            chat("How warm?", ["tools": [["type": "function", "function": ["name": "f"]]]]),
        ]
        try await RunningGateway.with(model: model, assistant: assistant, scope: scope) { gateway in
            for body in ordinary { #expect(try await gateway.post("/v1/chat/completions", body).status == 200) }
            let response = try await gateway.post("/v1/responses", ["model": "x", "input": "How warm?"])
            #expect(response.text.contains("It is 12 °C"))
            for body in others { #expect(try await gateway.post("/v1/chat/completions", body).status == 200) }
        }
        #expect(assistant.questions.count == 3)
        #expect(assistant.questions.allSatisfy { $0.plugins == scope.plugins && $0.collections == scope.collections })
        #expect(model.requests.count == 6)
    }

    @Test func `a request says which plugins and collections are used`() async throws {
        let assistant = ScriptedAssistant()
        let scope = AssistantScope(plugins: .named(["weather"]), collections: .named(["work"]))
        for configured in [nil, scope] {
            try await RunningGateway.with(assistant: assistant, scope: configured) { gateway in
                for squire in [["plugins": "auto"], ["collections": ["home"]]] as [JSONValue] {
                    let answer = try await gateway.post("/v1/chat/completions", chat("How warm?", ["squire": squire]))
                    #expect(answer.status == 200)
                }
            }
        }
        #expect(assistant.questions.map(\.plugins) == [.auto, .named([]), .auto, .named(["weather"])])
        #expect(
            assistant.questions.map(\.collections)
                == [.auto, .named(["home"]), .named(["work"]), .named(["home"])])
    }
}
