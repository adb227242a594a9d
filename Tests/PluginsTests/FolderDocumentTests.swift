import Core
import Foundation
import Synchronization
import Testing

@testable import Plugins

/// Manifests in folders whose documents are on the network.
@Suite("Folders' documents from the network", .timeLimit(.minutes(1)))
struct FolderDocumentTests {
    /// A network that is out of reach until it is opened, or answers only then.
    private final class Network: HTTPFetching {
        private let gate = AsyncStream.makeStream(of: Void.self)
        private let isWaiting: Bool
        private let text = Mutex<String?>(nil)
        private let count = Mutex(0)

        init(isWaiting: Bool = false, _ text: String?) {
            self.isWaiting = isWaiting
            self.text.withLock { $0 = text }
        }

        var requests: Int { count.withLock { $0 } }

        func open() { gate.continuation.finish() }
        func say(_ new: String?) { text.withLock { $0 = new } }

        func fetch(_ request: HTTPRequest) async throws -> HTTPResponse {
            count.withLock { $0 += 1 }
            if isWaiting { for await _ in gate.stream {} }
            try Task.checkCancellation()
            guard let text = text.withLock({ $0 }) else { throw HTTPError(.refused, "nothing answers") }
            return HTTPResponse(200, text, url: "https://cdn.example/api.yaml")
        }
    }

    private func document(_ summary: String) -> String {
        "openapi: 3.1.0\ninfo: {title: Any}\npaths: {/a: {get: {summary: \(summary)}}}\n"
    }

    private let manifest = #"{"name_for_model": "remote", "api": {"url": "https://a.example/api.yaml"}}"#

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(manifest, to: "remote/ai-plugin.json")
        try folder.write(
            "openapi: 3.1.0\ninfo: {title: Local}\nservers: [{url: 'https://a.example'}]\npaths: {/a: {get: {summary: A}}}\n",
            to: "local.yaml")
        return folder
    }

    @Test func `the first question waits for no network; what comes later is a plugin then`() async throws {
        let folder = try folder()
        let network = Network(isWaiting: true, document("Remote"))
        let registry = PluginRegistry(fetcher: network, folders: [folder.path])
        #expect(try await registry.tools(.auto).map(\.plugin) == ["local"])
        network.open()
        await registry.fetchesEnd()
        #expect(try await registry.tools(.auto).map(\.plugin) == ["local", "remote"])
        #expect(try await registry.get("remote").server == "https://cdn.example")
        try await registry.refreshFolders()
        #expect(network.requests == 1)
    }

    @Test func `the next start takes the stored document, and asks the network for nothing`() async throws {
        let folder = try folder()
        let store = MemoryStore()
        let first = PluginRegistry(store: store, fetcher: Network(document("Remote")), folders: [folder.path])
        try await first.loaded()
        await first.fetchesEnd()
        let before = try await first.get("remote")
        let nothing = Network(nil)
        let second = PluginRegistry(store: store, fetcher: nothing, folders: [folder.path])
        let after = try await second.get("remote")
        #expect(after.operations == before.operations && after.server == before.server && after.isBundled)
        await second.fetchesEnd()
        #expect(nothing.requests == 0)
    }

    @Test func `a manifest that changes has its document fetched again, and stays as it was meanwhile`() async throws {
        let folder = try folder()
        let network = Network(document("Old"))
        let registry = PluginRegistry(fetcher: network, folders: [folder.path])
        try await registry.loaded()
        await registry.fetchesEnd()
        network.say(document("New"))
        try folder.write(
            manifest.replacing("{\"name", with: "{\"name_for_human\": \"R\", \"name"), to: "remote/ai-plugin.json")
        try await registry.refreshFolders()
        #expect(try await registry.get("remote").title == "R")
        await registry.fetchesEnd()
        #expect(try await registry.get("remote").operations.map(\.description) == ["New."])
        // What is out of reach takes nothing away.
        network.say(nil)
        try folder.write(manifest, to: "remote/ai-plugin.json")
        try await registry.refreshFolders()
        await registry.fetchesEnd()
        #expect(try await registry.get("remote").operations.map(\.description) == ["New."])
    }

    @Test func `reading again stores what was fetched, and what is gone is forgotten`() async throws {
        let folder = try folder()
        let store = MemoryStore()
        let network = Network(document("Old"))
        let registry = PluginRegistry(store: store, fetcher: network, folders: [folder.path])
        try await registry.loaded()
        await registry.fetchesEnd()
        network.say(document("New"))
        #expect(try await registry.refresh("remote").operations.map(\.description) == ["New."])
        #expect(await store.documents.values.map(\.text) == [document("New")])
        try FileManager.default.removeItem(atPath: "\(folder.path)/remote")
        try await registry.refreshFolders()
        #expect(await store.documents.isEmpty)
        #expect(try await registry.list().map(\.name) == ["local"])
    }

    @Test func `a document that names what it may not is no plugin, and is not kept`() async throws {
        let folder = try folder()
        let store = MemoryStore()
        let hostile = "servers: [{url: 'unix:/run/docker.sock'}]\n" + document("Remote")
        let registry = PluginRegistry(store: store, fetcher: Network(hostile), folders: [folder.path])
        try await registry.loaded()
        await registry.fetchesEnd()
        #expect(try await registry.list().map(\.name) == ["local"])
        #expect(await store.documents.isEmpty)
    }

    @Test func `a name belongs to the first folder, also while its document is on its way`() async throws {
        let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
        try first.write(manifest, to: "remote/ai-plugin.json")
        try second.write(
            "openapi: 3.1.0\ninfo: {title: Remote}\nservers: [{url: 'https://b.example'}]\npaths: {/b: {get: {summary: B}}}\n",
            to: "remote.yaml")
        let network = Network(isWaiting: true, document("First"))
        let registry = PluginRegistry(fetcher: network, folders: [first.path, second.path])
        #expect(try await registry.list().isEmpty)
        network.open()
        await registry.fetchesEnd()
        #expect(try await registry.get("remote").operations.map(\.description) == ["First."])
    }

    @Test func `stopping ends what is being fetched`() async throws {
        let folder = try folder()
        let registry = PluginRegistry(fetcher: Network(isWaiting: true, document("Remote")), folders: [folder.path])
        try await registry.loaded()
        await registry.stop()
        #expect(try await registry.list().map(\.name) == ["local"])
    }
}
