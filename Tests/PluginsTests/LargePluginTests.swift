import Core
import Foundation
import Testing

@testable import Plugins

/// Keeps a reading thread busy until it is released.
final class HeldThread: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    init(_ thread: ReadingThread) async {
        let (beginning, signal) = AsyncStream.makeStream(of: Void.self)
        Task { [gate] in
            try await thread.run {
                signal.finish()
                gate.wait()
            }
        }
        for await _ in beginning {}
    }

    deinit { release() }

    func release() { gate.signal() }
}

/// Documents that take long to read hold up neither questions nor changes.
@Suite("Plugins with large documents", .timeLimit(.minutes(2)))
struct LargePluginTests {
    private static let large = LargeDocument.text(operations: 600)
    private let small =
        "openapi: 3.1.0\ninfo: {title: Small}\nservers: [{url: 'https://a.example'}]\npaths: {/a: {get: {summary: A}}}\n"

    private func stored(_ name: String, _ document: String) -> StoredPlugin {
        StoredPlugin(
            name: name, source: .inline, manifest: nil, document: document, documentSource: .inline, isEnabled: true,
            registeredAt: Date(timeIntervalSince1970: 0))
    }

    private func stores() -> MemoryStore { MemoryStore([stored("large", Self.large), stored("small", small)]) }

    @Test func `a stored one is told as being read, the others are there, and who asks for it by name waits`()
        async throws
    {
        let registry = PluginRegistry(store: stores(), fetcher: ScriptedFetcher(pages: [:]))
        let held = await HeldThread(registry.readingLarge)
        #expect(try await registry.tools(.auto).map(\.plugin) == ["small"])
        let unread = try #require(try await registry.list().first { $0.name == "large" })
        #expect(unread.isEnabled && unread.operations.isEmpty)
        #expect(unread.warnings.first?.contains("still being read") == true)
        let mark = try await registry.changeMark()
        held.release()
        let read = try await registry.get("large")
        #expect(read.operations.count == 600 && read.isEnabled)
        #expect(!read.warnings.contains { $0.contains("still being read") })
        #expect(try await registry.changeMark() != mark)
    }

    @Test func `one that is disabled, or removed, while it is being read stays so`() async throws {
        let disabled = PluginRegistry(store: stores(), fetcher: ScriptedFetcher(pages: [:]))
        let held = await HeldThread(disabled.readingLarge)
        _ = try await disabled.setEnabled(false, name: "large")
        held.release()
        let read = try await disabled.get("large")
        #expect(read.operations.count == 600 && !read.isEnabled)

        let removed = PluginRegistry(store: stores(), fetcher: ScriptedFetcher(pages: [:]))
        let other = await HeldThread(removed.readingLarge)
        try await removed.remove("large")
        other.release()
        await removed.asideEnds()
        #expect(try await removed.list().map(\.name) == ["small"])
    }

    @Test func `a folder's holds up neither the others nor a registration`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.large, to: "a-large.json")
        try folder.write(#"{"name_for_model": "large2", "api": {"url": "api.json"}}"#, to: "b/ai-plugin.json")
        try folder.write(Self.large, to: "b/api.json")
        try folder.write(small, to: "small.yaml")
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]), folders: [folder.path])
        let held = await HeldThread(registry.readingLarge)
        #expect(try await registry.list().map(\.name) == ["small"])
        _ = try await registry.register(
            document: try Document(small.replacing("Small", with: "Mine"), source: "test").root)
        #expect(try await registry.list().map(\.name) == ["mine", "small"])
        held.release()
        await registry.asideEnds()
        #expect(try await registry.list().map(\.name) == ["large", "large2", "mine", "small"])
    }

    @Test func `a name belongs to the first folder, also where its document takes longer`() async throws {
        let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
        try first.write(Self.large, to: "api.json")
        try second.write(small.replacing("Small", with: "Large"), to: "api.yaml")
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]), folders: [first.path, second.path])
        let held = await HeldThread(registry.readingLarge)
        #expect(try await registry.tools(.auto).count == 1)
        held.release()
        await registry.asideEnds()
        #expect(try await registry.get("large").source == "\(first.path)/api.json")
        #expect(try await registry.list().count == 1)
    }

    @Test func `one that is gone before it is read is no plugin`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.large, to: "api.json")
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]), folders: [folder.path])
        let held = await HeldThread(registry.readingLarge)
        try await registry.loaded()
        try FileManager.default.removeItem(atPath: path)
        try await registry.refreshFolders()
        held.release()
        await registry.asideEnds()
        #expect(try await registry.list().isEmpty)
    }
}
