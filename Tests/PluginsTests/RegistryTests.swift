import Core
import Foundation
import Testing

@testable import Plugins

@Suite("The registry", .timeLimit(.minutes(1)))
struct RegistryTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: City Time}
        servers: [{url: "https://time.example"}]
        paths:
          /time/{city}:
            get:
              operationId: time
              summary: Tells the time
              parameters: [{name: city, in: path, required: true, schema: {type: string}}]
        """

    private static let manifest = """
        {"schema_version": "v1", "name_for_model": "clock", "name_for_human": "Clock",
         "description_for_model": "Tells times.", "auth": {"type": "none"},
         "api": {"type": "openapi", "url": "openapi.yaml"}}
        """

    @Test func `a document is registered from a file, offered as tools, and called`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.document, to: "api.yaml")
        let fetcher = ScriptedFetcher { _ in HTTPResponse(200, #"{"time": "12:00"}"#) }
        let registry = PluginRegistry(fetcher: fetcher)
        let plugin = try await registry.register(source: path)
        #expect(plugin.name == "city_time")
        #expect(plugin.source == path)
        #expect(plugin.server == "https://time.example")
        #expect(!plugin.isBundled && plugin.isEnabled)
        #expect(try await registry.tools(.auto).map(\.operation) == ["time"])
        let outcome = try await registry.call(plugin: "city_time", operation: "time", arguments: ["city": "Oslo"])
        #expect(outcome == .ok(["time": "12:00"]))
        #expect(fetcher.requests.map(\.url) == ["https://time.example/time/Oslo"])
    }

    @Test func `a manifest's document is found beside it, in a file's folder and at a URL`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.manifest, to: "ai-plugin.json")
        try folder.write(Self.document, to: "openapi.yaml")
        let registry = PluginRegistry(
            fetcher: ScriptedFetcher(pages: [
                "https://a.example/p/ai-plugin.json": Self.manifest, "https://a.example/p/openapi.yaml": Self.document,
            ]))
        let local = try await registry.register(source: folder.path)
        #expect(local.name == "clock" && local.title == "Clock" && local.description == "Tells times.")
        let remote = try await registry.register(source: "https://a.example/p/ai-plugin.json")
        #expect(remote.source == "https://a.example/p/ai-plugin.json")
        #expect(try await registry.list().map(\.name) == ["clock"])
    }

    @Test func `a site's manifest is found at the well-known place, else at the address itself`() async throws {
        let wellKnown = ScriptedFetcher(pages: [
            "https://a.example/.well-known/ai-plugin.json": Self.manifest,
            "https://a.example/.well-known/openapi.yaml": Self.document,
        ])
        #expect(try await PluginRegistry(fetcher: wellKnown).register(source: "https://a.example").name == "clock")
        let itself = ScriptedFetcher(pages: ["https://a.example/": Self.document])
        #expect(try await PluginRegistry(fetcher: itself).register(source: "https://a.example/").name == "city_time")
    }

    @Test func `what is registered is there after a restart, and what is removed is not`() async throws {
        let store = MemoryStore()
        let fetcher = ScriptedFetcher(pages: [:])
        let first = PluginRegistry(store: store, fetcher: fetcher)
        let document = try Document(Self.document, source: "test").root
        let plugin = try await first.register(document: document)
        _ = try await first.setEnabled(false, name: "city_time")
        let second = PluginRegistry(store: store, fetcher: fetcher)
        let restored = try await second.get("city_time")
        #expect(restored.operations == plugin.operations)
        #expect(!restored.isEnabled)
        #expect(try await second.tools(.auto).isEmpty)
        let error = await #expect(throws: PluginError.self) {
            try await second.call(plugin: "city_time", operation: "time", arguments: ["city": "Oslo"])
        }
        #expect(error?.code == .pluginDisabled)
        try await second.remove("city_time")
        #expect(try await PluginRegistry(store: store, fetcher: fetcher).list().isEmpty)
    }

    @Test func `registering a name again replaces the plugin`() async throws {
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]))
        _ = try await registry.register(document: try Document(Self.document, source: "test").root)
        let changed = Self.document.replacing("operationId: time", with: "operationId: clock")
        _ = try await registry.register(document: try Document(changed, source: "test").root)
        #expect(try await registry.tools(.auto).map(\.operation) == ["clock"])
    }

    @Test
    func
        `a plugin that is read again has what its source says now, and stays disabled or enabled, after a restart too`()
        async throws
    {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.document, to: "api.yaml")
        let store = MemoryStore()
        let registry = PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:]))
        let first = try await registry.register(source: path)
        _ = try await registry.setEnabled(false, name: "city_time")
        try folder.write(Self.document.replacing("operationId: time", with: "operationId: clock"), to: "api.yaml")
        let refreshed = try await registry.refresh("city_time")
        #expect(refreshed.operations.map(\.name) == ["clock"])
        #expect(!refreshed.isEnabled && refreshed.registeredAt == first.registeredAt)
        let again = PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:]))
        #expect(try await again.get("city_time") == refreshed)
    }

    @Test(
        arguments: [
            ("in: here", PluginError.Code.manifestInvalid), ("title: Other", .manifestInvalid),
            (nil, .manifestUnreadable),
        ] as [(String?, PluginError.Code)])
    func `a plugin that cannot be read again stays as it was`(change: String?, code: PluginError.Code) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.document, to: "api.yaml")
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]))
        let plugin = try await registry.register(source: path)
        if let change {
            let was = change.hasPrefix("in") ? "in: path" : "title: City Time"
            try folder.write(Self.document.replacing(was, with: change), to: "api.yaml")
        } else {
            try FileManager.default.removeItem(atPath: path)
        }
        let error = await #expect(throws: PluginError.self) { try await registry.refresh("city_time") }
        #expect(error?.code == code)
        #expect(try await registry.list() == [plugin])
    }

    @Test func `what was given inline has nothing to be read from again, and what is not there is not read`()
        async throws
    {
        let registry = PluginRegistry(fetcher: ScriptedFetcher(pages: [:]))
        _ = try await registry.register(document: try Document(Self.document, source: "test").root)
        for (name, code) in [("city_time", PluginError.Code.pluginInline), ("clock", .pluginUnknown)] {
            let error = await #expect(throws: PluginError.self) { try await registry.refresh(name) }
            #expect(error?.code == code)
        }
    }

    @Test func `a stored plugin that could not be read works again once its source does`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.document, to: "api.yaml")
        let store = MemoryStore([
            StoredPlugin(
                name: "city_time", source: .file(path), manifest: nil, document: "openapi: 2.0.0",
                documentSource: .file(path),
                registeredAt: Date())
        ])
        let registry = PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:]))
        #expect(try await !registry.get("city_time").isEnabled)
        #expect(try await registry.refresh("city_time").isEnabled)
        #expect(try await registry.tools(.auto).map(\.operation) == ["time"])
    }

    @Test func `nothing is registered of a plugin with problems, and those of manifest and document come together`()
        async throws
    {
        let folder = try TemporaryFolder()
        try folder.write(
            #"{"schema_version": "v1", "api": {"type": "graphql", "url": "openapi.yaml"}}"#, to: "ai-plugin.json")
        try folder.write(Self.document.replacing("in: path", with: "in: here"), to: "openapi.yaml")
        let store = MemoryStore()
        let registry = PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:]))
        let error = await #expect(throws: PluginError.self) { try await registry.register(source: folder.path) }
        #expect(error?.code == .manifestInvalid)
        let lines = error?.message.split(separator: "\n").map(String.init) ?? []
        #expect(
            lines.prefix(2) == [
                "name_for_model: is missing", "api.type: is \"graphql\", and only openapi is supported",
            ])
        #expect(lines.contains { $0.hasPrefix("paths./time/{city}.get.parameters[0] (city): \"in\" is \"here\"") })
        #expect(await store.records.isEmpty)
        #expect(try await registry.list().isEmpty)
    }

    @Test func `what cannot be read or reached is named`() async throws {
        let registry = PluginRegistry(
            fetcher: ScriptedFetcher { request in
                if request.url.contains("refused") { throw HTTPError(.refused, "nothing answers at refused.example") }
                return HTTPResponse(500, "no", url: request.url)
            })
        for (source, code, part) in [
            ("/no/such/file.yaml", PluginError.Code.manifestUnreadable, "there is no file /no/such/file.yaml"),
            ("/dev/zero", .manifestUnreadable, "/dev/zero is no file"),
            ("https://a.example/api.yaml", .manifestUnreadable, "HTTP status 500"),
            ("https://refused.example/api.yaml", .manifestUnreachable, "nothing answers at refused.example"),
        ] {
            let error = await #expect(throws: PluginError.self) { try await registry.register(source: source) }
            #expect(error?.code == code)
            #expect(error?.message.contains(part) == true)
            #expect(code != .manifestUnreachable || (error?.cause as? HTTPError)?.code == .refused)
        }
    }

    @Test func `a manifest from elsewhere names no command and no file of this machine`() async throws {
        let command = Self.manifest.replacing(
            "\"auth\"", with: "\"x-squire\": {\"run\": [\"rm\", \"{socket}\"]}, \"auth\"")
        let registry = PluginRegistry(
            fetcher: ScriptedFetcher(pages: [
                "https://a.example/ai-plugin.json": command, "https://a.example/openapi.yaml": Self.document,
                "https://b.example/ai-plugin.json": Self.manifest.replacing(
                    "openapi.yaml", with: "file:///etc/passwd"),
            ]))
        let run = await #expect(throws: PluginError.self) {
            try await registry.register(source: "https://a.example/ai-plugin.json")
        }
        #expect(run?.message == "x-squire.run: a command is taken only from a manifest in a file of this machine")
        let file = await #expect(throws: PluginError.self) {
            try await registry.register(source: "https://b.example/ai-plugin.json")
        }
        #expect(file?.message.hasPrefix("api.url: ") == true)
    }

    @Test func `a call that cannot be meant is refused before anything is sent`() async throws {
        let fetcher = ScriptedFetcher(pages: [:])
        let registry = PluginRegistry(fetcher: fetcher)
        _ = try await registry.register(document: try Document(Self.document, source: "test").root)
        for (plugin, operation, arguments, code) in [
            ("clock", "time", ["city": "Oslo"], PluginError.Code.pluginUnknown),
            ("city_time", "date", ["city": "Oslo"], .operationUnknown), ("city_time", "time", [:], .argumentsInvalid),
            ("city_time", "time", ["city": ".."], .argumentsInvalid),
        ] as [(String, String, JSONValue, PluginError.Code)] {
            let error = await #expect(throws: PluginError.self) {
                try await registry.call(plugin: plugin, operation: operation, arguments: arguments)
            }
            #expect(error?.code == code)
        }
        await #expect(throws: PluginError.self) { try await registry.tools(.named(["clock"])) }
        #expect(fetcher.requests.isEmpty)
    }

    @Test func `an HTTP error is an outcome, and cancellation is not`() async throws {
        let document = try Document(Self.document, source: "test").root
        let failing = PluginRegistry(
            fetcher: ScriptedFetcher { _ in throw HTTPError(.totalTimeout, "no answer within 30 s") })
        _ = try await failing.register(document: document)
        let outcome = try await failing.call(plugin: "city_time", operation: "time", arguments: ["city": "Oslo"])
        #expect(outcome == .failed("no answer within 30 s", kind: .unanswered))
        let cancelled = PluginRegistry(fetcher: ScriptedFetcher { _ in throw CancellationError() })
        _ = try await cancelled.register(document: document)
        await #expect(throws: CancellationError.self) {
            try await cancelled.call(plugin: "city_time", operation: "time", arguments: ["city": "Oslo"])
        }
    }

    @Test func `a stored plugin that no longer reads is listed, disabled, with its error`() async throws {
        let store = MemoryStore([
            StoredPlugin(
                name: "old", source: .file("/old.yaml"), manifest: nil, document: "openapi: 2.0.0",
                documentSource: .file("/old.yaml"),
                registeredAt: Date())
        ])
        let registry = PluginRegistry(store: store, fetcher: ScriptedFetcher(pages: [:]))
        let plugin = try await registry.get("old")
        #expect(!plugin.isEnabled)
        #expect(plugin.warnings.first?.contains("version 2.0.0 is not supported") == true)
        #expect(await store.records["old"]?.isEnabled == true)
    }

    @Test func `a store that fails once is asked again`() async throws {
        let registry = PluginRegistry(store: MemoryStore(failures: 1), fetcher: ScriptedFetcher(pages: [:]))
        await #expect(throws: MemoryStore.Failure.self) { try await registry.list() }
        #expect(try await registry.list().isEmpty)
    }
}
