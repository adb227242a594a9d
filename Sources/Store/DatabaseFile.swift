import Core
import Foundation
import GRDB

/// The file before it is opened for writing.
enum DatabaseFile {
    /// `application_id` of every database of Squire: "SQRE" in ASCII (sqlite.org, "PRAGMA application_id").
    static let applicationID: Int32 = 0x5351_5245

    /// What every SQLite file begins with (sqlite.org, "Database File Format", 1.3.1).
    private static let magic = Data("SQLite format 3\0".utf8)

    /// Throws where there is a file at `path` that is not to be touched.
    static func check(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        let foreign = StoreError(
            .notADatabase, "\(path) is not a database of Squire; move it away or choose another home")
        guard !isFolder.boolValue else { throw foreign }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw StoreError(.notWritable, "\(path) cannot be read by this user; check who owns it")
        }
        defer { try? file.close() }
        guard let head = try file.read(upToCount: magic.count), !head.isEmpty else { return }
        guard head == magic else { throw foreign }

        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { database in
            // Nobody else's, and nothing in it: a database that was made and not yet filled.
            guard try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_schema") ?? 0 > 0 else { return }
            guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == applicationID else { throw foreign }
            guard try !Schema.migrator.hasBeenSuperseded(database) else {
                throw StoreError(
                    .tooNew,
                    "\(path) was written by a newer Squire than this one; use that one, or choose another home")
            }
        }
    }

    /// Makes an empty file that only its owner can read. SQLite gives its own files beside it the same mode.
    static func makeIfMissing(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw StoreError(.notWritable, StorageProblem.sentence(errno, path: path) + "; check who owns its folder")
        }
    }
}
