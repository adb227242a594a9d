import Core
import Foundation
import Logging
import Store
import Synchronization
import Testing

@testable import Agent

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

    private struct NoApprovals: ApprovalStore {
        func isApproved(_ tool: Tool) -> Bool { false }
        func approve(_ tool: Tool, expires: Date?) {}
    }

    private struct NoDocuments: PassageSource {
        func passages(for query: PassageQuery) -> [Passage] { [] }
        func requireCollections(_ names: [String]) {}
    }

    /// The answer, and its pieces as they were handed on.
    private func ask(_ texts: [String], question: String = "How many boats are there?") async throws -> (
        Message, pieces: [String]
    ) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "squire-native-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Database(path: folder.path + "/squire.db")
        let assistant = Assistant(
            model: ChatMLModel(saying: texts), embedder: SameEmbedder(), tools: Boats(), store: store,
            approvals: NoApprovals(), passages: NoDocuments(), logger: Logger(label: "test"))
        let pieces = Mutex<[String]>([])
        let answer = try await assistant.ask(
            Assistant.Question(message: question), approve: { _ in .deny }
        ) { event in
            if case .token(let text) = event { pieces.withLock { $0.append(text) } }
        }
        return (answer.message, pieces.withLock { $0 })
    }

    private let call = ["\n{\"name\": \"count\", \"arguments\": {}}\n</tool_call>", ""]

    @Test("an answer without a call is handed on while it is written, and has its ledger")
    func streamed() async throws {
        let (message, pieces) = try await ask(["Boats float on water."])
        #expect(message.text == "Boats float on water.")
        #expect(pieces.count == 4 && pieces.joined() == message.text)
        #expect(message.context?.parts.question ?? -1 >= 0 && message.context?.size == 4096)
    }

    @Test("what was said before a call stands before what came of it")
    func before() async throws {
        let (message, pieces) = try await ask(["Let me see.<tool_call>"] + call + ["There are 42 boats."])
        #expect(message.steps.map(\.operation) == ["count"])
        #expect(message.text == "Let me see.\n\nThere are 42 boats. [1]")
        #expect(pieces.joined() == message.text)
        #expect(message.citations.map(\.source) == ["boats"])
    }

    @Test("a figure that no result has is not handed on")
    func wrong() async throws {
        let (message, pieces) = try await ask(["<tool_call>"] + call + ["There are 99 boats."])
        #expect(!message.text.contains("99") && message.text.contains("42"))
        #expect(pieces.joined() == message.text)
    }
}
