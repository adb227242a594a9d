package import Core
import Foundation
import GRDB

extension Database {
    /// Words shown of a message that is longer.
    private static let excerptWords = 48

    package func messages(matching query: String, limit: Int) async throws -> [FoundMessage] {
        // In quotes, so that no word is an operator (sqlite.org/fts5.html, 3.1).
        let words = query.split { !$0.isLetter && !$0.isNumber }.map { "\"\($0)\"" }
        guard !words.isEmpty else { return [] }
        return try await read { database in
            for expression in [words.joined(separator: " "), words.joined(separator: " OR ")] {
                let found = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT messages.*, conversations.title,
                            snippet(messageWords, 0, '', '', '…', \(Self.excerptWords)) AS excerpt
                        FROM messageWords JOIN messages ON messages.sequence = messageWords.rowid
                        JOIN conversations ON conversations.id = messages.conversation
                        WHERE messageWords MATCH ? ORDER BY messageWords.rank, messages.sequence DESC LIMIT ?
                        """, arguments: [expression, max(limit, 0)])
                if !found.isEmpty { return try found.map(Self.found) }
            }
            return []
        }
    }

    private static func found(_ row: Row) throws -> FoundMessage {
        let message = try MessageRow(row: row).message
        return FoundMessage(
            conversation: row["conversation"], title: row["title"], message: message.id, role: message.role,
            createdAt: message.createdAt, text: row["excerpt"])
    }
}
