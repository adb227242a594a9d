import Core
import Foundation
import GRDB
import Testing

@testable import Store

@Suite("The database's file", .timeLimit(.minutes(5)))
struct DatabaseFileTests {
    @Test func `what was stored is there after closing and opening again`() async throws {
        try await withDatabasePath { path in
            let first = try Store.Database(path: path)
            let asked = try await first.appendQuestion("Question", conversation: nil, parent: nil)
            try first.close()
            let second = try Store.Database(path: path)
            defer { try? second.close() }
            #expect(try await second.conversation(asked.conversation).1 == [asked.message])
        }
    }

    @Test func `closing leaves everything in the one file, so that a copy of it is whole`() async throws {
        try await withDatabasePath { path in
            let database = try Database(path: path)
            let asked = try await database.appendQuestion("Hello", conversation: nil, parent: nil)
            try database.close()
            let copy = path + ".copy"
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            let again = try Database(path: copy)
            defer { try? again.close() }
            #expect(try await again.conversation(asked.conversation).1.map(\.text) == ["Hello"])
        }
    }

    @Test func `what was stored is there when the file was never closed`() async throws {
        try await withDatabasePath { path in
            let database = try Store.Database(path: path)
            defer { try? database.close() }
            let asked = try await database.appendQuestion("Question", conversation: nil, parent: nil)
            // What a killed process leaves: the file and its log, and no shared memory.
            let copy = path + ".copy"
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
            let again = try Store.Database(path: copy)
            defer { try? again.close() }
            #expect(try await again.conversation(asked.conversation).1 == [asked.message])
        }
    }

    @Test func `a log that broke off in the middle loses only what was not acknowledged`() async throws {
        try await withDatabasePath { path in
            let database = try Store.Database(path: path)
            defer { try? database.close() }
            let asked = try await database.appendQuestion("Acknowledged", conversation: nil, parent: nil)
            let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
            _ = try await database.appendQuestion("Cut", conversation: asked.conversation, parent: nil)
            let longer = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
            try #require(longer.count > log.count)
            let copy = path + ".copy"
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            try longer.prefix(longer.count - 10).write(to: URL(fileURLWithPath: copy + "-wal"))
            let again = try Store.Database(path: copy)
            defer { try? again.close() }
            #expect(try await again.conversation(asked.conversation).1 == [asked.message])
        }
    }

    @Test func `commits are synced to the disk, in a log, with foreign keys`() async throws {
        try await withDatabase { database in
            let settings = try await database.write { database in
                try ["synchronous", "journal_mode", "foreign_keys"].map {
                    try String.fetchOne(database, sql: "PRAGMA \($0)") ?? ""
                }
            }
            #expect(settings == ["2", "wal", "1"])
        }
    }

    @Test func `only the owner can read it`() async throws {
        try await withDatabase { database in
            _ = try await database.appendQuestion("Question", conversation: nil, parent: nil)
            for suffix in ["", "-wal", "-shm"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: database.path + suffix)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
        }
    }

    @Test(arguments: ["", "text", "short", "other"])
    func `a file that is something else is refused and left as it is`(kind: String) async throws {
        try await withDatabasePath { path in
            switch kind {
            case "text": try Data(String(repeating: "a note\n", count: 1000).utf8).write(to: URL(fileURLWithPath: path))
            case "short": try Data("x".utf8).write(to: URL(fileURLWithPath: path))
            case "other":
                let queue = try DatabaseQueue(path: path)
                try await queue.write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
                try queue.close()
            default: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            }
            try expectRefused(path, .notADatabase)
        }
    }

    @Test func `a file of a newer Squire is refused and left as it is`() async throws {
        try await withDatabasePath { path in
            try Store.Database(path: path).close()
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')") }
            try queue.close()
            try expectRefused(path, .tooNew)
        }
    }

    @Test func `a damaged file is refused, or says so when the damage is met`() async throws {
        try await withDatabasePath { path in
            let database = try Store.Database(path: path)
            for number in 1...200 {
                _ = try await database.appendQuestion("Question \(number)", conversation: nil, parent: nil)
            }
            try database.close()
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            let size = try file.seekToEnd()
            try file.seek(toOffset: 4096)
            try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096))
            try file.close()
            do {
                let again = try Store.Database(path: path)
                defer { try? again.close() }
                _ = try await again.conversations(limit: 500, offset: 0)
                Issue.record("the damage was not noticed")
            } catch let error as StoreError {
                #expect(error.code == .damaged)
                #expect(error.message.contains(path))
            }
        }
    }

    @Test func `a folder that is not there is named`() async throws {
        try await withDatabasePath { path in
            #expect {
                try Store.Database(path: path + "/missing/squire.db")
            } throws: {
                ($0 as? StoreError)?.code == .notWritable
            }
        }
    }

    @Test func `what SQLite said is kept as the cause`() async throws {
        try await withDatabasePath { path in
            let database = try Store.Database(path: path)
            defer { try? database.close() }
            let error = await #expect(throws: StoreError.self) {
                try await database.read { try Int.fetchOne($0, sql: "SELECT * FROM nothing") }
            }
            #expect(error?.code == .failed && (error?.cause as? DatabaseError)?.resultCode == .SQLITE_ERROR)
        }
    }

    private func expectRefused(_ path: String, _ code: StoreError.Code) throws {
        let before = FileManager.default.contents(atPath: path)
        #expect {
            try Store.Database(path: path)
        } throws: {
            ($0 as? StoreError)?.code == code && ($0 as? StoreError)?.message.contains(path) == true
        }
        #expect(FileManager.default.contents(atPath: path) == before)
    }
}
