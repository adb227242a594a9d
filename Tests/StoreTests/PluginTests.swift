import Core
import Foundation
import Store
import Testing

@Suite("Stored plugins", .timeLimit(.minutes(1)))
struct PluginTests {
    private func plugin(_ name: String, document: String = "openapi: 3.1.0") -> StoredPlugin {
        StoredPlugin(
            name: name, source: "/manifests/\(name).json", manifest: #"{"name_for_model": "\#(name)"}"#,
            document: document, documentSource: "http://localhost/\(name).yaml",
            registeredAt: Date(timeIntervalSince1970: 1_700_000_000.5))
    }

    @Test("plugins are listed by name, with everything they were stored with")
    func list() async throws {
        try await withDatabase { database in
            var inline = plugin("almanac")
            inline.source = nil
            inline.manifest = nil
            inline.documentSource = nil
            inline.isEnabled = false
            try await database.save(plugin("weather"))
            try await database.save(inline)
            #expect(try await database.plugins() == [inline, plugin("weather")])
        }
    }

    @Test("a plugin takes the place of one of the same name")
    func replace() async throws {
        try await withDatabase { database in
            try await database.save(plugin("weather", document: "old"))
            try await database.save(plugin("weather", document: "new"))
            #expect(try await database.plugins().map(\.document) == ["new"])
        }
    }

    @Test("plugins can be switched off and on, and removed")
    func change() async throws {
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

    @Test("changing a plugin that is not there is refused")
    func unknown() async throws {
        try await withDatabase { database in
            await #expect { try await database.setEnabled(false, plugin: "weather") } throws: {
                ($0 as? StoreError)?.code == .pluginUnknown
            }
            await #expect { try await database.remove(plugin: "weather") } throws: {
                ($0 as? StoreError)?.code == .pluginUnknown
            }
        }
    }
}
