import Core
import ScriptedModels
import Synchronization
import Testing

@testable import Agent
@testable import Understanding

/// The whole turn of a model with a tool format of its own.
struct AssistantNativeTests {
    private struct Boats: ToolProvider {
        func tools(_ selection: NameSelection) -> [Tool] {
            [
                Tool(
                    plugin: "boats", operation: "count", description: "Counts boats.", parameters: ["type": "object"],
                    parameterOrder: [], isReadOnly: true)
            ]
        }

        func call(_ tool: Tool, arguments: JSONValue) -> ToolOutcome { .ok(["boats": 42]) }
    }

    /// The answer, and its pieces as they were handed on.
    private func ask(_ texts: [String], question: String = "How many boats are there?") async throws -> (
        Message, pieces: [String]
    ) {
        let pieces = Mutex<[String]>([])
        var answer: Message?
        try await Assistant.withScripted(texts, SameEmbedder(), Boats()) { assistant in
            answer = try await assistant.ask(
                Assistant.Question(message: question), approve: { _ in .deny }
            ) { event in
                if case .token(let text) = event { pieces.withLock { $0.append(text) } }
            }.message
        }
        return (try #require(answer), pieces.withLock { $0 })
    }

    private let call = ["\n{\"name\": \"count\", \"arguments\": {}}\n</tool_call>", ""]

    @Test func `an answer without a call is handed on while it is written, and has its ledger`() async throws {
        let (message, pieces) = try await ask(["Boats float on water."])
        #expect(message.text == "Boats float on water.")
        #expect(pieces.count == 4 && pieces.joined() == message.text)
        #expect(message.context?.parts.question ?? -1 >= 0 && message.context?.size == 4096)
    }

    @Test func `what was said before a call stands before what came of it`() async throws {
        let (message, pieces) = try await ask(["Let me see.<tool_call>"] + call + ["There are 42 boats."])
        #expect(message.steps.map(\.operation) == ["count"])
        #expect(message.text == "Let me see.\n\nThere are 42 boats. [1]")
        #expect(pieces.joined() == message.text)
        #expect(message.citations.map(\.source) == ["boats"])
    }

    @Test func `a figure that no result has is not handed on`() async throws {
        let (message, pieces) = try await ask(["<tool_call>"] + call + ["There are 99 boats."])
        #expect(!message.text.contains("99") && message.text.contains("42"))
        #expect(pieces.joined() == message.text)
    }
}
