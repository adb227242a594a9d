import Core
import Foundation
import ScriptedModels
import Synchronization
import Testing

@testable import Agent

/// When the operations of plugins are looked at, and what an answer says of them.
struct AssistantIndexingTests {
    private static func tools(_ count: Int, taught: Bool = false) -> [Tool] {
        let things = ["refunds", "shipments", "reviews", "branches", "comments", "albums", "stations"]
        return (0..<count).map { number in
            Tool(
                plugin: "big", operation: "list\(number)",
                description: number == count - 1
                    ? "Counts the penguins of a zoo." : "Lists the \(things[number % 7]) of shop \(number).",
                parameters: ["type": "object", "properties": ["limit": ["type": "integer"]]],
                parameterOrder: ["limit"], isReadOnly: true,
                examples: taught && number < count - 1
                    ? [Tool.Example(question: "Which \(things[number % 7]) has shop \(number)?", arguments: [:])]
                    : taught ? [Tool.Example(question: "How many penguins are there?", arguments: [:])] : [])
        }
    }

    private final class Plugins: ToolProvider {
        let mark = Counter()
        let asked = Counter()

        func tools(_ selection: NameSelection) -> [Tool] {
            asked.add()
            return AssistantIndexingTests.tools(60)
        }
        func changeMark() -> Int? { mark.value }
        func call(_ tool: Tool, arguments: JSONValue) -> ToolOutcome { .ok([:]) }
    }

    @Test func `a look at plugins that have not changed asks for nothing but whether they have`() async throws {
        let plugins = Plugins()
        try await Assistant.withScripted(["Hello."], CountingEmbedder(), plugins) { assistant in
            for _ in 0..<5 { try await assistant.prepare() }
            #expect(plugins.asked.value == 1)
            plugins.mark.add()
            try await assistant.prepare()
            #expect(plugins.asked.value == 2)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a question while operations are indexed says so; one after it does not`() async throws {
        try await Assistant.withScripted(["Hello."], CountingEmbedder(), Plugins()) { assistant in
            func told() async throws -> [IndexProgress] {
                let told = Mutex<[IndexProgress]>([])
                _ = try await assistant.ask(Assistant.Question(message: "Hello"), approve: { _ in .deny }) { event in
                    if case .indexing(let progress) = event { told.withLock { $0.append(progress) } }
                }
                return told.withLock { $0 }
            }
            #expect(try await told() == [IndexProgress(done: 0, total: 60, isPartial: true)])
            let indexing = Task { await assistant.indexOperations() }
            while assistant.indexProgress.left > 0 { try await Task.sleep(for: .milliseconds(10)) }
            indexing.cancel()
            #expect(try await told().isEmpty)
        }
    }
}
