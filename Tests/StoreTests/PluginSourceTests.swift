import Core
import Foundation
import GRDB
import Testing

@testable import Store

@Suite("Sources of plugins stored by an older Squire", .timeLimit(.minutes(1)))
struct PluginSourceTests {
    /// What the new schema makes of plugins that version 6 has stored with these sources.
    private func migrated(_ sources: [(String?, String?)], isEnabled: Bool = true) async throws -> (
        plugins: [StoredPlugin], disabled: Set<String>
    ) {
        let folder = NSTemporaryDirectory() + "squire-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/squire.db"
        let old = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(old, upTo: "6 search of messages")
        try await old.write { database in
            for (index, source) in sources.enumerated() {
                try database.execute(
                    sql: """
                        INSERT INTO plugins (name, source, document, documentSource, isEnabled, registeredAt)
                        VALUES (?, ?, 'openapi: 3.1.0', ?, ?, 0)
                        """,
                    arguments: ["plugin\(index)", source.0, source.1, isEnabled])
            }
        }
        try old.close()
        let database = try Store.Database(path: path)
        let result = (try await database.plugins(), try await database.disabledFolderPlugins())
        try database.close()
        return result
    }

    @Test
    func `an absolute path is a file, nothing was inline, and all else came from the network, however it is spelled`()
        async throws
    {
        let cases: [(String?, PluginSource)] = [
            (nil, .inline), ("/home/me/api.yaml", .file("/home/me/api.yaml")),
            ("https://a.example/api.yaml", .url("https://a.example/api.yaml", from: .global)),
            ("hTTp://127.0.0.1:8/man.json", .url("http://127.0.0.1:8/man.json", from: .loopback)),
            ("HTTP://2130706433/", .url("http://127.0.0.1/", from: .loopback)),
            ("http://localhost:8080/", .url("http://localhost:8080/", from: .loopback)),
            ("http://192.168.1.5/", .url("http://192.168.1.5/", from: .privateNetwork)),
            ("http://nas/", .url("http://nas/", from: .global)),
            ("https://me:pw@a.example/", .url("https://me:pw@a.example/", from: .global)),
            ("somewhere", .url("somewhere", from: .global)), ("", .url("", from: .global)),
        ]
        let plugins = try await migrated(cases.map { ($0.0, $0.0) }).plugins
        let byName = Dictionary(uniqueKeysWithValues: plugins.map { ($0.name, $0) })
        for (index, expected) in cases.enumerated() {
            #expect(byName["plugin\(index)"]?.source == expected.1)
            #expect(byName["plugin\(index)"]?.documentSource == expected.1)
        }
    }

    @Test func `that a folder's plugin is disabled is kept, and it is no registered plugin any more`() async throws {
        let result = try await migrated([("folder:/plugins/a/ai-plugin.json", "/plugins/a/api.yaml")], isEnabled: false)
        #expect(result.plugins.isEmpty)
        #expect(result.disabled == ["plugin0"])
    }
}
