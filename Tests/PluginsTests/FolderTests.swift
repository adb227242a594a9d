import Core
import Foundation
import Testing

@testable import Plugins

@Suite("Folders of manifests", .timeLimit(.minutes(1)))
struct FolderTests {
    private func document(_ title: String, summary: String = "Tells") -> String {
        "openapi: 3.1.0\ninfo: {title: \(title)}\nservers: [{url: 'https://a.example'}]\npaths: {/a: {get: {summary: \(summary)}}}\n"
    }

    @Test func `manifests in folders are plugins, and a broken one does not stop the rest`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(document("One"), to: "one.yaml")
        try folder.write(#"{"name_for_model": "two", "api": {"url": "api.yml"}}"#, to: "two/ai-plugin.json")
        try folder.write(document("Anything"), to: "two/api.yml")
        try folder.write("openapi: [", to: "broken.yaml")
        try folder.write("notes", to: "notes.txt")
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]), folders: [folder.path, "/no/such/folder"])
        let plugins = try await registry.list()
        #expect(plugins.map(\.name) == ["one", "two"])
        #expect(plugins.allSatisfy { $0.isBundled && $0.isEnabled })
    }

    @Test func `what is added, changed, renamed and removed is noticed`() async throws {
        let folder = try TemporaryFolder()
        let one = try folder.write(document("One"), to: "one.yaml")
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]), folders: [folder.path])
        #expect(try await registry.list().map(\.name) == ["one"])
        try folder.write(document("Two"), to: "two.yaml")
        try folder.write(document("One", summary: "Tells more"), to: "one.yaml")
        try await registry.refreshFolders()
        #expect(try await registry.list().map(\.name) == ["one", "two"])
        #expect(try await registry.get("one").operations.first?.description == "Tells more.")
        try folder.write(document("Renamed"), to: "two.yaml")
        try FileManager.default.removeItem(atPath: one)
        try await registry.refreshFolders()
        #expect(try await registry.list().map(\.name) == ["renamed"])
    }

    @Test func `a plugin stays as it was while its manifest is broken`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(document("One"), to: "one.yaml")
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]), folders: [folder.path])
        try await registry.loaded()
        try folder.write("openapi: [", to: "one.yaml")
        try await registry.refreshFolders()
        #expect(try await registry.tools(.auto).count == 1)
    }

    @Test func `a folder's plugin can be disabled and not removed; that it is disabled outlasts its folder`()
        async throws
    {
        let store = MemoryStore()
        let fetcher = ScriptedFetcher(pages: [:])
        let folder = try TemporaryFolder()
        try folder.write(document("One"), to: "one.yaml")
        let first = PluginRegistry(store: store, fetcher: fetcher, folders: [folder.path])
        let error = await #expect(throws: PluginError.self) { try await first.remove("one") }
        #expect(error?.code == .pluginBundled)
        #expect(error?.message.contains("disable it instead") == true)
        _ = try await first.setEnabled(false, name: "one")

        let other = try TemporaryFolder()
        try other.write(document("One", summary: "Tells anew"), to: "one.yaml")
        let second = PluginRegistry(store: store, fetcher: fetcher, folders: [other.path])
        let plugin = try await second.get("one")
        #expect(!plugin.isEnabled && plugin.isBundled)
        #expect(plugin.operations.first?.description == "Tells anew.")
        _ = try await second.setEnabled(true, name: "one")
        #expect(await store.records.isEmpty)
        #expect(await store.disabled.isEmpty)
        #expect(try await second.tools(.auto).count == 1)
        // Without any folder nothing is left of it.
        #expect(try await PluginRegistry(store: store, fetcher: fetcher).list().isEmpty)
    }

    @Test func `a name belongs to the first folder, and to a registered plugin before any`() async throws {
        let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
        try first.write(document("One", summary: "First"), to: "z.yaml")
        try second.write(document("One", summary: "Second"), to: "a.yaml")
        let store = MemoryStore()
        let fetcher = ScriptedFetcher(pages: [:])
        let registry = PluginRegistry(store: store, fetcher: fetcher, folders: [first.path, second.path])
        #expect(try await registry.tools(.auto).map(\.description) == ["First."])
        let error = await #expect(throws: PluginError.self) {
            try await registry.register(document: try Document(document("One"), source: "test").root)
        }
        #expect(error?.code == .pluginBundled)

        let registered = PluginRegistry(store: store, fetcher: fetcher)
        _ = try await registered.register(
            document: try Document(document("One", summary: "Registered"), source: "test").root)
        let both = PluginRegistry(store: store, fetcher: fetcher, folders: [first.path])
        #expect(try await both.tools(.auto).map(\.description) == ["Registered."])
        try await both.remove("one")
        try await both.refreshFolders()
        #expect(try await both.tools(.auto).map(\.description) == ["First."])
    }
}
