import Core
import Foundation
import Testing

@testable import Plugins

/// What a text may name depends on where it was read, which is decided once.
@Suite("Where a plugin comes from", .timeLimit(.minutes(1)))
struct SourceTests {
    private func document(_ server: String) -> String {
        "openapi: 3.1.0\ninfo: {title: Test}\nservers: [{url: '\(server)'}]\npaths: {/a: {get: {summary: A}}}\n"
    }

    private func manifest(_ apiURL: String, run: Bool = false) -> String {
        let command = run ? #", "x-squire": {"run": ["sh", "{socket}"]}"# : ""
        return
            #"{"schema_version": "v1", "name_for_model": "test", "api": {"type": "openapi", "url": "\#(apiURL)"}\#(command)}"#
    }

    /// The message with which registering fails.
    private func refusal(_ source: String, pages: [String: String]) async -> String? {
        let store = MemoryStore()
        let error = await #expect(throws: PluginError.self) {
            try await PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: pages)).register(source: source)
        }
        #expect(await store.records.isEmpty)
        return error?.message
    }

    @Test(arguments: ["http", "HTTP", "Http", "hTTp"])
    func `a command in a manifest from a URL is refused, in whatever letters the URL is written`(scheme: String) async {
        let pages = ["http://127.0.0.1:8/man.json": manifest("api.json", run: true)]
        #expect(
            await refusal("\(scheme)://127.0.0.1:8/man.json", pages: pages)
                == "x-squire.run: a command is taken only from a manifest in a file of this machine")
    }

    @Test(arguments: ["http://127.0.0.1:8/api.json", "HTTP://127.0.0.1:8/api.json", "HTTP://127.1:8/man.json"])
    func `a document from a URL, by whatever way, names no Unix socket`(source: String) async {
        let pages = [
            "http://127.0.0.1:8/man.json": manifest("HTTP://127.0.0.1:8/api.json"),
            "http://127.0.0.1:8/api.json": document("UNIX:/run/docker.sock"),
        ]
        #expect(
            await refusal(source, pages: pages)
                == "servers[0].url: a Unix socket is taken only from a document in a file or sent inline")
    }

    @Test(arguments: [
        "file:///etc/passwd", "FILE:/etc/passwd", "http://127.0.0.1/api.json", "HTTP://localhost/api.json",
        "//169.254.169.254/latest", "http://10.0.0.1/", "http://[::1]/", "http://u:p@a.example/",
        "unix:/run/x.sock",
    ])
    func `a manifest from the Internet names no file and nothing inside`(apiURL: String) async {
        let message = await refusal(
            "https://a.example/man.json", pages: ["https://a.example/man.json": manifest(apiURL)])
        #expect(message?.hasPrefix("api.url: ") == true)
        #expect(message?.contains("u:p") == false)
    }

    @Test func `what was read from this machine may name it`() async throws {
        let pages = [
            "http://127.0.0.1:8/man.json": manifest("api.json"),
            "http://127.0.0.1:8/api.json": document("http://localhost:9"),
        ]
        let store = MemoryStore()
        let registry = PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: pages))
        #expect(try await registry.register(source: "HTTP://127.1:8/man.json").server == "http://localhost:9")
        let stored = await store.records["test"]
        #expect(stored?.source == .url("http://127.0.0.1:8/man.json", from: .loopback))
        #expect(stored?.documentSource == .url("http://127.0.0.1:8/api.json", from: .loopback))
    }

    @Test
    func `where a document was redirected from counts for nothing; where it was found does, also after a restart`()
        async throws
    {
        let body = document("/v1")
        let fetcher = ScriptedFetcher { _ in HTTPResponse(200, body, url: "https://cdn.example/x/api.yaml") }
        let store = MemoryStore()
        let registry = PluginRegistry(store: store, fetcher: fetcher)
        let plugin = try await registry.register(source: "https://a.example/api.yaml")
        #expect(plugin.server == "https://cdn.example/v1")
        // It is read again from where the person said.
        #expect(plugin.source == "https://a.example/api.yaml")
        #expect(try await PluginRegistry(store: store, fetcher: fetcher).get("test").server == "https://cdn.example/v1")
        #expect(fetcher.requests.allSatisfy { $0.redirects == .publicOrigins && $0.network == .owner })
    }

    @Test func `a manifest from a URL fetches its document with no more rights than it has itself`() async throws {
        let manifest = manifest("https://b.example/api.yaml")
        let document = document("https://b.example")
        let fetcher = ScriptedFetcher { request in
            HTTPResponse(200, request.url.hasSuffix("man.json") ? manifest : document, url: request.url)
        }
        _ = try await PluginRegistry(fetcher: fetcher).register(source: "https://a.example/man.json")
        #expect(fetcher.requests.map(\.network) == [.owner, .global])
    }

    @Test func `an inline manifest is the owner's own, but names no command, no file and no relative URL`() async throws
    {
        let pages = ["http://127.0.0.1:8/api.json": document("http://192.168.1.5")]
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: pages))
        let whole = try JSONValue(parsing: manifest("http://127.0.0.1:8/api.json"))
        let error = await #expect(throws: PluginError.self) { try await registry.register(document: whole) }
        // The document was read from this machine, which is no private network.
        #expect(
            error?.message.contains("192.168.1.5\" is an address of a private network, which a document from") == true)
        for manifest in [
            manifest("api.json"), manifest("file:///etc/passwd"), manifest("http://a.example/", run: true),
        ] {
            let document = try JSONValue(parsing: manifest)
            await #expect(throws: PluginError.self) { try await registry.register(document: document) }
        }
        let document = try Document(document("http://127.0.0.1:9"), source: "test").root
        #expect(try await registry.register(document: document).server == "http://127.0.0.1:9")
    }

    @Test(arguments: [
        ("http://me:pw@a.example/x?k=1", "\"http://a.example/x\" holds a user name"),
        ("ftp://a.example/x", "is neither"),
        ("http:///x", "names no host"), ("HTTPS://a b/", "has a space"),
        ("file:///no/such", "there is no file /no/such"),
    ])
    func `what is registered is a path or a URL that can be read, or is refused by name`(source: String, part: String)
        async
    {
        let message = await refusal(source, pages: [:])
        #expect(message?.contains(part) == true)
        #expect(message?.contains("pw") == false)
    }

    @Test func `a plugin that an older Squire let in from a URL is not what a file's would be`() async throws {
        let text = manifest("http://127.0.0.1:8/api.json", run: true)
        let source = PluginSource.url("http://127.0.0.1:8/man.json", from: .loopback)
        let store = MemoryStore([
            StoredPlugin(
                name: "test", source: source, manifest: text, document: document("http://127.0.0.1:8"),
                documentSource: source, registeredAt: Date())
        ])
        let plugin = try await PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:])).get("test")
        #expect(!plugin.isEnabled && plugin.operations.isEmpty)
    }
}
