import Core
import Foundation
import Store
import Testing

@Suite("Stored plugins", .timeLimit(.minutes(1)))
struct PluginTests {
    private func plugin(_ name: String, document: String = "openapi: 3.1.0") -> StoredPlugin {
        StoredPlugin(
            name: name, source: .file("/manifests/\(name).json"), manifest: #"{"name_for_model": "\#(name)"}"#,
            document: document, documentSource: .url("http://localhost/\(name).yaml", from: .loopback),
            registeredAt: Date(timeIntervalSince1970: 1_700_000_000.5))
    }

    @Test func `plugins are listed by name, with everything they were stored with`() async throws {
        try await withDatabase { database in
            var inline = plugin("almanac")
            inline.source = .inline
            inline.manifest = nil
            inline.documentSource = .inline
            inline.isEnabled = false
            try await database.save(plugin("weather"))
            try await database.save(inline)
            #expect(try await database.plugins() == [inline, plugin("weather")])
        }
    }

    @Test func `a plugin takes the place of one of the same name`() async throws {
        try await withDatabase { database in
            try await database.save(plugin("weather", document: "old"))
            try await database.save(plugin("weather", document: "new"))
            #expect(try await database.plugins().map(\.document) == ["new"])
        }
    }

    @Test func `plugins can be switched off and on, and removed`() async throws {
        try await withDatabase { database in
            try await database.save(plugin("weather"))
            try await database.setEnabled(false, plugin: "weather")
            #expect(try await database.plugins().map(\.isEnabled) == [false])
            try await database.setEnabled(true, plugin: "weather")
            #expect(try await database.plugins().map(\.isEnabled) == [true])
            try await database.remove(plugin: "weather")
            #expect(try await database.plugins().isEmpty)
        }
    }

    @Test func `changing a plugin that is not there is refused`() async throws {
        try await withDatabase { database in
            await #expect { try await database.setEnabled(false, plugin: "weather") } throws: {
                ($0 as? StoreError)?.code == .pluginUnknown
            }
            await #expect { try await database.remove(plugin: "weather") } throws: {
                ($0 as? StoreError)?.code == .pluginUnknown
            }
        }
    }

    @Test func `of a folder's plugin it is remembered that it is disabled, and the document that was fetched for it`()
        async throws
    {
        try await withDatabase { database in
            try await database.setEnabled(false, folderPlugin: "weather")
            try await database.setEnabled(false, folderPlugin: "weather")
            #expect(try await database.disabledFolderPlugins() == ["weather"])
            try await database.setEnabled(true, folderPlugin: "weather")
            #expect(try await database.disabledFolderPlugins().isEmpty)

            var document = FetchedDocument(
                manifest: "/plugins/weather/ai-plugin.json", url: "https://a.example/api.yaml",
                source: .url("https://cdn.example/api.yaml", from: .global), text: "openapi: 3.1.0")
            try await database.save(document)
            document.text = "openapi: 3.1.1"
            try await database.save(document)
            #expect(try await database.fetchedDocuments() == [document])
            try await database.removeFetchedDocument(of: document.manifest)
            #expect(try await database.fetchedDocuments().isEmpty)
            #expect(try await database.plugins().isEmpty)
        }
    }
}
