package import Core
import Foundation
import GRDB

extension Database: PluginStore {
    package func plugins() async throws -> [StoredPlugin] {
        try await read { database in
            try PluginRow.fetchAll(database, sql: "SELECT * FROM plugins ORDER BY name").map(\.plugin)
        }
    }

    package func save(_ plugin: StoredPlugin) async throws {
        try await write { database in
            let known = try String.fetchOne(
                database, sql: "SELECT document FROM plugins WHERE name = ?", arguments: [plugin.name])
            // Operations of the same name may be other ones now.
            if known != plugin.document { try database.forgetApprovals(ofPlugin: plugin.name) }
            try PluginRow(plugin: plugin).upsert(database)
        }
    }

    package func setEnabled(_ enabled: Bool, plugin name: String) async throws {
        try await write { database in
            try database.execute(sql: "UPDATE plugins SET isEnabled = ? WHERE name = ?", arguments: [enabled, name])
            guard database.changesCount > 0 else { throw StoreError.unknown(plugin: name) }
        }
    }

    package func remove(plugin name: String) async throws {
        try await write { database in
            try database.forgetApprovals(ofPlugin: name)
            try database.execute(sql: "DELETE FROM plugins WHERE name = ?", arguments: [name])
            guard database.changesCount > 0 else { throw StoreError.unknown(plugin: name) }
        }
    }
}

/// A plugin as it is in the table `plugins`.
private struct PluginRow: FetchableRecord, PersistableRecord {
    static let databaseTableName = "plugins"

    var plugin: StoredPlugin

    init(plugin: StoredPlugin) {
        self.plugin = plugin
    }

    init(row: Row) {
        plugin = StoredPlugin(
            name: row["name"], source: PluginSource(row, kind: "sourceKind", place: "source", from: "sourceClass"),
            manifest: row["manifest"], document: row["document"],
            documentSource: PluginSource(row, kind: "documentKind", place: "documentSource", from: "documentClass"),
            isEnabled: row["isEnabled"], registeredAt: Date(milliseconds: row["registeredAt"]))
    }

    func encode(to container: inout PersistenceContainer) {
        container["name"] = plugin.name
        container["sourceKind"] = plugin.source.kind
        container["source"] = plugin.source.place
        container["sourceClass"] = plugin.source.addressClass?.rawValue
        container["manifest"] = plugin.manifest
        container["document"] = plugin.document
        container["documentKind"] = plugin.documentSource.kind
        container["documentSource"] = plugin.documentSource.place
        container["documentClass"] = plugin.documentSource.addressClass?.rawValue
        container["isEnabled"] = plugin.isEnabled
        container["registeredAt"] = plugin.registeredAt.milliseconds
    }
}

extension StoreError {
    fileprivate static func unknown(plugin name: String) -> StoreError {
        StoreError(.pluginUnknown, "there is no stored plugin \(name); squire plugin list shows those there are")
    }
}
