import Foundation
import GRDB
import Synchronization

/// A clock that goes on by a second each time it is looked at.
final class Clock: Sendable {
    private let seconds = Atomic(1_700_000_000)

    func next() -> Date {
        Date(timeIntervalSince1970: Double(seconds.add(1, ordering: .relaxed).newValue))
    }
}

/// How many rows a table has, as another connection sees it.
func rows(in table: String, of path: String) throws -> Int {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM \(table)") ?? 0 }
}
