import Core
import GRDB

extension StoreError {
    /// What an error of SQLite means for the file at `path`.
    init(_ error: DatabaseError, path: String) {
        self =
            switch error.resultCode {
            case .SQLITE_NOTADB:
                StoreError(.notADatabase, "\(path) is not a database; move it away or choose another home")
            case .SQLITE_CORRUPT:
                StoreError(
                    .damaged,
                    "the database \(path) is damaged (\(error.message ?? "SQLite says no more")); put back a copy of it, or save what can be read with: sqlite3 \(path) .recover"
                )
            case _ where StorageProblem.isDiskFull(at: path):
                // What SQLite makes of a file it cannot write depends on which of its files it was.
                StoreError(.diskFull, "the disk that holds \(path) is full; make room and try again")
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
                StoreError(
                    .notWritable,
                    "the database \(path) cannot be written (\(error.message ?? "SQLite says no more")); check who owns the file and its folder"
                )
            case .SQLITE_FULL:
                StoreError(.diskFull, "the disk that holds \(path) is full; make room and try again")
            case .SQLITE_BUSY, .SQLITE_LOCKED:
                StoreError(.failed, "another program keeps the database \(path) locked; close it and try again")
            default:
                StoreError(.failed, "the database \(path) failed: \(error.message ?? error.resultCode.description)")
            }
        cause = error
    }
}
