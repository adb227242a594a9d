package import Core
import Foundation
import GRDB

/// What is remembered of the plugins in folders, which are not registered.
extension Database {
    package func disabledFolderPlugins() async throws -> Set<String> {
        try await read { database in
            try String.fetchSet(database, sql: "SELECT name FROM disabledFolderPlugins")
        }
    }

    package func setEnabled(_ enabled: Bool, folderPlugin name: String) async throws {
        try await write { database in
            try database.execute(
                sql: enabled
                    ? "DELETE FROM disabledFolderPlugins WHERE name = ?"
                    : "INSERT OR IGNORE INTO disabledFolderPlugins (name) VALUES (?)",
                arguments: [name])
        }
    }

    package func fetchedDocuments() async throws -> [FetchedDocument] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM fetchedDocuments ORDER BY manifest").map { row in
                FetchedDocument(
                    manifest: row["manifest"], url: row["url"],
                    source: PluginSource(row, kind: "documentKind", place: "documentSource", from: "documentClass"),
                    text: row["document"])
            }
        }
    }

    package func save(_ document: FetchedDocument) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO fetchedDocuments
                    (manifest, url, document, documentKind, documentSource, documentClass) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    document.manifest, document.url, document.text, document.source.kind, document.source.place,
                    document.source.addressClass?.rawValue,
                ])
        }
    }

    package func removeFetchedDocument(of manifest: String) async throws {
        try await write { database in
            try database.execute(sql: "DELETE FROM fetchedDocuments WHERE manifest = ?", arguments: [manifest])
        }
    }
}
