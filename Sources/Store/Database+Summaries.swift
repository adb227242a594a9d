package import Core
import GRDB

extension Database {
    package func summaries(of conversation: String) async throws -> [ConversationSummary] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT message, text FROM summaries WHERE conversation = ? ORDER BY createdAt",
                arguments: [conversation]
            ).map { ConversationSummary(lastMessage: $0["message"], text: $0["text"]) }
        }
    }

    package func store(_ summary: ConversationSummary, conversation: String) async throws {
        try await write { [now] database in
            // The message may have gone while the summary was made.
            let isThere = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM messages WHERE conversation = ? AND id = ?)",
                arguments: [conversation, summary.lastMessage])
            guard isThere == true else {
                throw StoreError.unknown(message: summary.lastMessage, conversation: conversation)
            }
            try database.execute(
                sql: "INSERT OR REPLACE INTO summaries (conversation, message, text, createdAt) VALUES (?, ?, ?, ?)",
                arguments: [conversation, summary.lastMessage, summary.text, now().milliseconds])
        }
    }
}
