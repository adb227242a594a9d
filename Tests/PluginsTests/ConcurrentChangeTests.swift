import Core
import Foundation
import Synchronization
import Testing

@testable import Plugins

/// Memory and store say the same, whatever is asked at once.
@Suite("Changes at once", .timeLimit(.minutes(1)))
struct ConcurrentChangeTests {
    private func document(_ summary: String) throws -> JSONValue {
        try Document(
            "openapi: 3.1.0\ninfo: {title: One}\nservers: [{url: 'https://a.example'}]\npaths: {/a: {get: {summary: \(summary)}}}\n",
            source: "test"
        ).root
    }

    @Test func `of registrations of one name at once, the last in the store is the one in memory`() async throws {
        let store = MemoryStore()
        // The first to be stored is the last to hear of it.
        let count = Mutex(0)
        await store.whenSaving { _ in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            for _ in 0..<(isFirst ? 200 : 1) { await Task.yield() }
        }
        let registry = PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:]))
        try await registry.loaded()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                let document = try document("Number \(number)")
                group.addTask { _ = try await registry.register(document: document) }
            }
            try await group.waitForAll()
        }
        let restarted = try await PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:])).get("one")
        #expect(try await registry.get("one").operations == restarted.operations)
    }

    @Test func `a registration whose task is cancelled in the middle is made to its end`() async throws {
        let store = MemoryStore()
        let (saving, reporter) = AsyncStream.makeStream(of: Void.self)
        let (going, go) = AsyncStream.makeStream(of: Void.self)
        await store.whenSaving { _ in
            reporter.yield()
            // In a task of its own: what is cancelled is the one that asked.
            await Task { for await _ in going { break } }.value
        }
        let registry = PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:]))
        let document = try document("First")
        let task = Task { try await registry.register(document: document) }
        for await _ in saving { break }
        task.cancel()
        go.yield()
        _ = try? await task.value
        #expect(try await registry.list().map(\.name) == ["one"])
        #expect(await store.records["one"] != nil)
    }

    @Test func `removing and registering at once leave the same in memory and in the store`() async throws {
        for _ in 0..<20 {
            let store = MemoryStore()
            let registry = PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:]))
            _ = try await registry.register(document: try document("First"))
            let second = try document("Second")
            async let removed: Void? = try? registry.remove("one")
            async let registered = try? registry.register(document: second)
            async let disabled = try? registry.setEnabled(false, name: "one")
            _ = await (removed, registered, disabled)
            let stored = await store.records["one"]
            let inMemory = try await registry.list().first
            #expect(stored?.isEnabled == inMemory?.isEnabled)
            #expect(stored?.document.contains("Second") == inMemory?.operations.first?.description.contains("Second"))
        }
    }
}
