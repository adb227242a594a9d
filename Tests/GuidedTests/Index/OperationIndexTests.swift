import Core
import Foundation
import Logging
import Store
import Synchronization
import Testing

@testable import Agent

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

    @Test("2,100 operations are read and embedded once, however often it is looked")
    func once() async throws {
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

    @Test("a question about 2,000 operations that are not embedded yet waits for a dozen, and finds the one it names")
    func firstQuestion() async throws {
        let embedder = CountingEmbedder()
        let shortlist = ToolShortlist(vectors: TextVectors(embedder), readings: ToolReadings(in: .english))
        let reading = QuestionReading("How many penguins does the zoo have?", today: "2026-11-28", in: .english)
        let best = try await shortlist.best(of: Self.tools(2000), for: reading)
        #expect(best.count == ToolShortlist.mostUnread)
        #expect(best.contains { $0.description.contains("penguins") })
        #expect(embedder.total <= 2 * ToolShortlist.mostUnread + 1)
    }

    @Test("what such a question is weighed by is not waited for either", arguments: [false, true])
    func firstWeighing(taught: Bool) async throws {
        let embedder = CountingEmbedder()
        let caller = GuidedModel(
            model: WordModel(context: 512), vectors: TextVectors(embedder), callsPlugins: true,
            logger: Logger(label: "test"), now: { Date() })
        _ = try await caller.calls(
            for: ModelRequest(
                dialog: [.message(ChatMessage(.user, "Hello, how are you?"))], tools: Self.tools(2000, taught: taught)))
        // The shortlist's two of each, five of those that are looked at, what people say, and the question's own.
        let most =
            2 * ToolShortlist.mostUnread + 5 * ToolShortlist.most + 2
            * QuestionLanguage.english.conversation.anchors.count + 60
        #expect(embedder.total <= most)
    }

    @Test("a question that is cancelled leaves the work in the background as it is")
    func goesOn() async throws {
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

    @Test("a text that cannot be embedded keeps no other waiting")
    func unreadable() async throws {
        struct Picky: Embedder {
            func embed(_ texts: [String]) async throws -> [[Float]] {
                guard !texts.contains(where: { $0.contains("shop 5.") }) else { throw AgentError(.messageEmpty, "no") }
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

    // MARK: The assistant

    private final class Counter: Sendable {
        private let number = Atomic(0)

        var value: Int { number.load(ordering: .relaxed) }
        func add() { number.add(1, ordering: .relaxed) }
    }

    private final class Plugins: ToolProvider {
        let mark = Counter()
        let asked = Counter()

        func tools(_ selection: NameSelection) -> [Tool] {
            asked.add()
            return OperationIndexTests.tools(60)
        }
        func changeMark() -> Int? { mark.value }
        func call(_ tool: Tool, arguments: JSONValue) -> ToolOutcome { .ok([:]) }
    }

    private struct NoApprovals: ApprovalStore {
        func isApproved(_ tool: Tool) -> Bool { false }
        func approve(_ tool: Tool, expires: Date?) {}
    }

    private struct NoDocuments: PassageSource {
        func passages(for query: PassageQuery) -> [Passage] { [] }
        func requireCollections(_ names: [String]) {}
    }

    private func withAssistant(
        _ plugins: Plugins, _ body: (Assistant) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "squire-index-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Database(path: folder.path + "/squire.db")
        try await body(
            Assistant(
                model: ChatMLModel(saying: ["Hello."]), embedder: CountingEmbedder(), tools: plugins, store: store,
                approvals: NoApprovals(), passages: NoDocuments(), logger: Logger(label: "test")))
    }

    @Test("a look at plugins that have not changed asks for nothing but whether they have")
    func tick() async throws {
        let plugins = Plugins()
        try await withAssistant(plugins) { assistant in
            for _ in 0..<5 { try await assistant.prepare() }
            #expect(plugins.asked.value == 1)
            plugins.mark.add()
            try await assistant.prepare()
            #expect(plugins.asked.value == 2)
        }
    }

    @Test("a question while operations are indexed says so; one after it does not")
    func told() async throws {
        try await withAssistant(Plugins()) { assistant in
            func told() async throws -> [IndexProgress] {
                let told = Mutex<[IndexProgress]>([])
                _ = try await assistant.ask(Assistant.Question(message: "Hello"), approve: { _ in .deny }) { event in
                    if case .indexing(let progress) = event { told.withLock { $0.append(progress) } }
                }
                return told.withLock { $0 }
            }
            #expect(try await told() == [IndexProgress(done: 0, total: 60)])
            try await assistant.index.complete()
            #expect(try await told().isEmpty)
        }
    }
}
