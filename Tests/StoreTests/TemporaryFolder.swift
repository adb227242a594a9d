import Foundation
import Store

/// Runs `body` with a path in a folder that is removed afterwards.
@discardableResult
func withDatabasePath<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "squire-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.appending(path: "squire.db").path)
}

/// Runs `body` with a new database that is closed and removed afterwards.
@discardableResult
func withDatabase<Result>(_ body: (Database) async throws -> Result) async throws -> Result {
    try await withDatabasePath { path in
        let database = try Database(path: path)
        defer { try? database.close() }
        return try await body(database)
    }
}
