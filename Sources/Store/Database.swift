package import Foundation
import GRDB

/// Squire's database: one SQLite file that this object alone writes.
///
/// What a writing method has returned from survives the process being killed and the power failing. A write that was
/// begun is finished, also when the task that asked is cancelled meanwhile: a cut answer is stored by a cancelled task.
package final class Database: Sendable {
    /// The file.
    package let path: String
    private let pool: DatabasePool
    /// The time that new rows carry, in whole milliseconds.
    let now: @Sendable () -> Date

    /// Opens the database, makes it where there is none, and brings its schema up to date. A file that is not ours, or
    /// that a newer Squire has written, is left as it is.
    ///
    /// - Parameter now: the clock; tests set it.
    /// - Throws: `notADatabase`, `tooNew`, `damaged`, `notWritable`, `diskFull`, `failed`.
    package init(path: String, now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) {
        self.path = path
        // What is stored has milliseconds; what is returned is to be what was stored.
        self.now = { Date(milliseconds: now().milliseconds) }
        do {
            try DatabaseFile.check(path)
            try DatabaseFile.makeIfMissing(path)
            let pool = try DatabasePool(path: path, configuration: Self.configuration)
            // GRDB leaves NORMAL, with which the last commits before a power failure are lost. FULL syncs the log at
            // each commit: about a millisecond, a few times a question.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try Schema.migrator.migrate(pool)
            self.pool = pool
        } catch {
            throw Self.translate(error, path: path)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "squire"
        configuration.foreignKeysEnabled = true
        // Somebody may be looking at the file with the sqlite3 program.
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 2
        // A search over a hundred thousand passages looks at more pages than SQLite's 2 MiB hold.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -16384") }
        return configuration
    }

    /// Writes the log into the file and closes it. Later calls of other methods fail; closing again does nothing.
    package func close() throws(StoreError) {
        // GRDB closes its readers last, and those cannot write the log into the file. Without effect where it is closed
        // already, or another program reads: the log is then read when it is opened again.
        try? pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        do {
            try pool.close()
        } catch {
            throw Self.translate(error, path: path)
        }
    }

    /// Reads from one unchanging state of the database.
    func read<Value: Sendable>(_ body: @escaping @Sendable (GRDB.Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch let error as DatabaseError {
            throw Self.translate(error, path: path)
        }
    }

    /// Writes in one transaction: all of it or nothing.
    func write<Value: Sendable>(_ body: @escaping @Sendable (GRDB.Database) throws -> Value) async throws -> Value {
        // In a task of its own, because GRDB rolls back what a cancelled task writes.
        let writing = Task { [pool] in try await pool.write(body) }
        do {
            return try await writing.value
        } catch let error as DatabaseError {
            throw Self.translate(error, path: path)
        }
    }

    private static func translate(_ error: any Error, path: String) -> StoreError {
        switch error {
        case let error as StoreError: error
        case let error as DatabaseError: StoreError(error, path: path)
        default: StoreError(.failed, "the database \(path) failed: \(error)", cause: error)
        }
    }
}
