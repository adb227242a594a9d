import Core
import Foundation
import Logging
import ScriptedModels
import Synchronization
import Testing

@testable import Guided
@testable import Understanding

/// Many operations, indexed in the background.
@Suite(.timeLimit(.minutes(2)))
struct OperationIndexTests {
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

    private func index(_ vectors: TextVectors, _ readings: ToolReadings, read: @escaping @Sendable () -> Void = {})
        -> OperationIndex
    {
        OperationIndex(vectors: vectors, always: ["Hello!"], logger: Logger(label: "test")) { tool in
            read()
            let outline = readings.outlines.value(of: tool)
            return [outline.subject, outline.name, tool.description]
        }
    }

    @Test func `2,100 operations are read and embedded once, however often it is looked`() async throws {
        let embedder = CountingEmbedder()
        let reads = Counter()
        let tools = Self.tools(2100)
        let index = index(TextVectors(embedder), ToolReadings(in: .english)) { reads.add() }
        for _ in 0..<3 {
            index.replace(tools, mark: nil)
            try await index.complete()
        }
        #expect(index.progress == IndexProgress(done: 2100, total: 2100))
        #expect(reads.value == 2100)
        #expect(embedder.counts.values.allSatisfy { $0 == 1 })
        // One operation changes: it alone is read and embedded.
        let before = embedder.total
        var changed = tools
        changed[7].description = "Something else entirely."
        index.replace(changed, mark: nil)
        #expect(index.progress == IndexProgress(done: 2099, total: 2100))
        try await index.complete()
        #expect(reads.value == 2101)
        #expect(embedder.total <= before + 3)
    }

    @Test
    func `a question about 2,000 operations that are not embedded yet waits for a dozen, and finds the one it names`()
        async throws
    {
        let embedder = CountingEmbedder()
        let shortlist = ToolShortlist(vectors: TextVectors(embedder), readings: ToolReadings(in: .english))
        let reading = QuestionReading("How many penguins does the zoo have?", today: "2026-11-28", in: .english)
        let best = try await shortlist.best(of: Self.tools(2000), for: reading)
        #expect(best.count == ToolShortlist.mostUnread)
        #expect(best.contains { $0.description.contains("penguins") })
        #expect(embedder.total <= 2 * ToolShortlist.mostUnread + 1)
    }

    @Test(arguments: [false, true])
    func `what such a question is weighed by is not waited for either`(taught: Bool) async throws {
        let embedder = CountingEmbedder()
        let vectors = TextVectors(embedder)
        let caller = GuidedModel(
            model: WordModel(context: 512), vectors: vectors,
            operations: RegisteredOperations(vectors: vectors, logger: Logger(label: "test")),
            logger: Logger(label: "test"), now: { Date() })
        _ = try await caller.reply(
            to: ModelRequest(
                dialog: [.message(ChatMessage(.user, "Hello, how are you?"))], tools: Self.tools(2000, taught: taught)))
        // The shortlist's two of each, five of those that are looked at, what people say, and the question's own.
        let most =
            2 * ToolShortlist.mostUnread + 5 * ToolShortlist.most + 2
            * QuestionLanguage.english.conversation.anchors.count + 60
        #expect(embedder.total <= most)
    }

    @Test func `a question that is cancelled leaves the work in the background as it is`() async throws {
        let embedder = CountingEmbedder()
        let vectors = TextVectors(embedder)
        let readings = ToolReadings(in: .english)
        let index = index(vectors, readings)
        let work = Task { await index.run() }
        index.replace(Self.tools(300), mark: 1)
        let question = Task {
            try await ToolShortlist(vectors: vectors, readings: readings).best(
                of: Self.tools(300), for: QuestionReading("Which reviews?", today: "2026-11-28", in: .english))
        }
        question.cancel()
        _ = await question.result
        while index.progress.left > 0 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(index.progress.total == 300)
        work.cancel()
        await work.value
    }

    @Test func `a text that cannot be embedded keeps no other waiting`() async throws {
        struct Picky: Embedder {
            func embed(_ texts: [String]) async throws -> [[Float]] {
                guard !texts.contains(where: { $0.contains("shop 5.") }) else {
                    throw GuidedError(.promptTooLong, "no")
                }
                return try await WordEmbedder().embed(texts)
            }
            func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] { try await embed(texts) }
            func tokenCounts(of texts: [String]) async throws -> [Int] { texts.map { _ in 1 } }
        }
        let index = index(TextVectors(Picky()), ToolReadings(in: .english))
        index.replace(Self.tools(40), mark: 1)
        try await index.complete()
        #expect(index.progress.left == 0)
    }
}
