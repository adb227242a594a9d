import Core
import Foundation
import GRDB
import Testing

@testable import Store

struct IdentifierTests {
    /// A database with conversations of these ids.
    private func with(_ ids: [String], _ body: (Store.Database) async throws -> Void) async throws {
        try await withDatabase { database in
            try await database.write { database in
                for id in ids {
                    try database.execute(
                        sql: "INSERT INTO conversations (id, title, createdAt, updatedAt) VALUES (?, 'T', 0, 0)",
                        arguments: [id])
                }
            }
            try await body(database)
        }
    }

    private let ids = ["abcd1234-0000", "abcd1299-0000", "ffff0000-0000"]

    @Test(arguments: ["ffff", "FFFF0", "ffff0000-0000"])
    func `the beginning of an id names what alone begins so, in any case`(_ word: String) async throws {
        try await with(ids) { database in
            #expect(try await database.conversationID(word) == "ffff0000-0000")
            let asked = try await database.appendQuestion("Hello", conversation: word, parent: nil)
            #expect(asked.conversation == "ffff0000-0000")
            let answered = try await database.appendQuestion(
                "Again", conversation: word, parent: String(asked.message.id.prefix(8)))
            #expect(answered.message.parent == asked.message.id)
            #expect(try await database.conversation(word).0.messageCount == 2)
            #expect(try await database.rename(conversation: word, to: "New").title == "New")
            #expect(try await database.delete(conversation: word) == "ffff0000-0000")
        }
    }

    @Test func `one that several begin with is refused, and they are named`() async throws {
        try await with(ids) { database in
            let error = await #expect(throws: StoreError.self) { try await database.conversationID("abcd12") }
            #expect(error?.code == .idAmbiguous)
            #expect(error?.message.contains("abcd1234-0000, abcd1299-0000") == true)
            let whole = try await database.conversationID("abcd1234")
            #expect(whole == "abcd1234-0000")
        }
    }

    @Test(arguments: ["f", "fff", "", "ffff%", "ffff*", "none"])
    func `too short a beginning, and what is no id, name nothing`(_ word: String) async throws {
        try await with(ids) { database in
            let error = await #expect(throws: StoreError.self) { try await database.conversationID(word) }
            #expect(error?.code == .conversationUnknown)
        }
    }
}
