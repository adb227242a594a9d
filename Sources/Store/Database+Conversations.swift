package import Core
import Foundation
import GRDB

extension Database: ConversationStore {
    package func appendQuestion(
        _ text: String, conversation: String?, parent: String?
    ) async throws -> Message.InConversation {
        try await write { [now] database in
            let time = now()
            let owner: String
            if let conversation {
                owner = try database.known(conversation: conversation)
                try database.touch(owner, at: time)
            } else {
                if let parent {
                    throw StoreError(
                        .messageUnknown, "a new conversation has no message \(parent); name the conversation it is in")
                }
                owner = UUID().uuidString.lowercased()
                try database.execute(
                    sql: "INSERT INTO conversations (id, title, createdAt, updatedAt) VALUES (?, ?, ?, ?)",
                    arguments: [owner, ConversationTitle.make(from: text), time.milliseconds, time.milliseconds])
            }
            let question = Message(
                id: UUID().uuidString.lowercased(),
                parent: try parent.map { try database.id($0, of: .messages, conversation: owner) ?? $0 }
                    ?? database.newestMessage(in: owner),
                role: .user, text: text, createdAt: time)
            try database.insert(question, conversation: owner)
            return Message.InConversation(conversation: owner, message: question)
        }
    }

    package func append(_ answer: Message, conversation: String) async throws {
        try await write { [now] database in
            try database.touch(conversation, at: now())
            try database.insert(answer, conversation: conversation)
        }
    }

    package func path(to message: String, conversation: String) async throws -> [Message] {
        try await read { database in
            _ = try database.conversation(conversation)
            let path = try database.messages(
                sql: """
                    WITH RECURSIVE path(id, parent, distance) AS (
                        SELECT id, parent, 0 FROM messages WHERE conversation = :conversation AND id = :message
                        UNION ALL
                        SELECT messages.id, messages.parent, distance + 1
                        FROM messages JOIN path ON messages.id = path.parent
                    )
                    SELECT messages.* FROM messages JOIN path USING (id) ORDER BY distance DESC
                    """, arguments: ["conversation": conversation, "message": message])
            guard !path.isEmpty else { throw StoreError.unknown(message: message, conversation: conversation) }
            return path
        }
    }

    package func conversations(limit: Int, offset: Int) async throws -> [Conversation] {
        try await read { database in
            try ConversationRow.fetchAll(
                database,
                sql: """
                    \(ConversationRow.select) ORDER BY updatedAt DESC, conversations.rowid DESC LIMIT ? OFFSET ?
                    """, arguments: [max(limit, 0), max(offset, 0)]
            ).map(\.conversation)
        }
    }

    package func conversation(_ id: String) async throws -> (Conversation, [Message]) {
        try await read { database in
            let id = try database.known(conversation: id)
            return (
                try database.conversation(id),
                try database.messages(
                    sql: "SELECT * FROM messages WHERE conversation = ? ORDER BY sequence", arguments: [id])
            )
        }
    }

    package func rename(conversation id: String, to title: String) async throws -> Conversation {
        try await write { database in
            let id = try database.known(conversation: id)
            try database.execute(sql: "UPDATE conversations SET title = ? WHERE id = ?", arguments: [title, id])
            return try database.conversation(id)
        }
    }

    @discardableResult
    package func delete(conversation id: String) async throws -> String {
        try await write { database in
            let id = try database.known(conversation: id)
            // The newest first and some at a time: SQLite deletes what hangs on a row only a thousand rows deep.
            repeat {
                try database.execute(
                    sql: """
                        DELETE FROM messages WHERE sequence IN
                            (SELECT sequence FROM messages WHERE conversation = ? ORDER BY sequence DESC LIMIT 500)
                        """, arguments: [id])
            } while database.changesCount > 0
            try database.execute(sql: "DELETE FROM conversations WHERE id = ?", arguments: [id])
            return id
        }
    }

    package func conversationID(_ word: String) async throws -> String {
        try await read { try $0.known(conversation: word) }
    }

    package func conversationCounts() async throws -> (conversations: Int, messages: Int) {
        try await read { database in
            (
                try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM conversations") ?? 0,
                try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM messages") ?? 0
            )
        }
    }
}

extension GRDB.Database {
    /// The id of the conversation that an id, or its beginning, names.
    fileprivate func known(conversation word: String) throws -> String {
        guard let id = try id(word, of: .conversations) else { throw StoreError.unknown(conversation: word) }
        return id
    }

    /// Marks a conversation as changed, and so as the newest.
    fileprivate func touch(_ conversation: String, at time: Date) throws {
        try execute(
            sql: "UPDATE conversations SET updatedAt = ? WHERE id = ?", arguments: [time.milliseconds, conversation])
        guard changesCount > 0 else { throw StoreError.unknown(conversation: conversation) }
    }

    fileprivate func newestMessage(in conversation: String) throws -> String? {
        try String.fetchOne(
            self, sql: "SELECT id FROM messages WHERE conversation = ? ORDER BY sequence DESC LIMIT 1",
            arguments: [conversation])
    }

    fileprivate func insert(_ message: Message, conversation: String) throws {
        if let parent = message.parent {
            let isThere = try Bool.fetchOne(
                self, sql: "SELECT EXISTS (SELECT 1 FROM messages WHERE conversation = ? AND id = ?)",
                arguments: [conversation, parent])
            guard isThere == true else { throw StoreError.unknown(message: parent, conversation: conversation) }
        }
        try MessageRow(message, conversation: conversation).insert(self)
        for (position, step) in message.steps.enumerated() {
            try StepRow(step, message: message.id, position: position).insert(self)
        }
    }

    fileprivate func conversation(_ id: String) throws -> Conversation {
        let row = try ConversationRow.fetchOne(
            self, sql: "\(ConversationRow.select) WHERE conversations.id = ?", arguments: [id])
        guard let row else { throw StoreError.unknown(conversation: id) }
        return row.conversation
    }

    /// The messages a query gives, with their steps.
    fileprivate func messages(sql: String, arguments: StatementArguments) throws -> [Message] {
        var messages = try MessageRow.fetchAll(self, sql: sql, arguments: arguments).map(\.message)
        let steps = try StepRow.fetchAll(
            self,
            sql: "SELECT * FROM steps WHERE message IN (SELECT value FROM json_each(?)) ORDER BY message, position",
            arguments: [JSONValue.array(messages.map { .string($0.id) }).text])
        let stepsByMessage = Dictionary(grouping: steps, by: \.message)
        for index in messages.indices {
            messages[index].steps = stepsByMessage[messages[index].id, default: []].map(\.step)
        }
        return messages
    }
}

/// A conversation and how many messages it has.
private struct ConversationRow: FetchableRecord {
    static let select = """
        SELECT *, (SELECT COUNT(*) FROM messages WHERE conversation = conversations.id) AS messageCount
        FROM conversations
        """

    var conversation: Conversation

    init(row: Row) {
        conversation = Conversation(
            id: row["id"], title: row["title"], createdAt: Date(milliseconds: row["createdAt"]),
            updatedAt: Date(milliseconds: row["updatedAt"]),
            messageCount: row["messageCount"])
    }
}

extension StoreError {
    fileprivate static func unknown(conversation: String) -> StoreError {
        StoreError(
            .conversationUnknown,
            "there is no conversation \(conversation); squire conversation list shows those there are")
    }

    static func unknown(message: String, conversation: String) -> StoreError {
        StoreError(
            .messageUnknown,
            "there is no message \(message) in the conversation \(conversation); squire conversation show --json \(conversation) "
                + "shows those there are"
        )
    }
}
