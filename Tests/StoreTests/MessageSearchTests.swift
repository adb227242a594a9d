import Core
import Foundation
import Store
import Testing

@Suite("Search of messages", .timeLimit(.minutes(5)))
struct MessageSearchTests {
    @Test func `messages are found by all words, in any form, or else by any word, until they are deleted`()
        async throws
    {
        try await withDatabase { database in
            let boats = try await database.appendQuestion(
                "My boats are moored at Harwich", conversation: nil, parent: nil)
            let other = try await database.appendQuestion("A boat on the moon", conversation: nil, parent: nil)
            func find(_ query: String) async throws -> [String] {
                try await database.messages(matching: query, limit: 10).map(\.message)
            }
            #expect(try await find("boat harwich") == [boats.message.id])
            #expect(Set(try await find("boat")) == [boats.message.id, other.message.id])
            #expect(try await find("harwich \"AND NOT") == [boats.message.id])
            #expect(try await find("…").isEmpty)
            #expect(try await database.messages(matching: "moon", limit: 10).map(\.title) == ["A boat on the moon"])
            try await database.delete(conversation: boats.conversation)
            #expect(try await find("harwich").isEmpty)
        }
    }

    @Test func `of a long message what stands around the words is shown`() async throws {
        try await withDatabase { database in
            let long = String(repeating: "wave ", count: 400) + "lighthouse " + String(repeating: "wave ", count: 400)
            _ = try await database.appendQuestion(long, conversation: nil, parent: nil)
            let text = try #require(try await database.messages(matching: "lighthouse", limit: 1).first).text
            #expect(text.contains("lighthouse") && text.count < 400)
        }
    }

    @Test func `a conversation of thousands of messages can be deleted`() async throws {
        try await withDatabase { database in
            let first = try await database.appendQuestion("Hello", conversation: nil, parent: nil)
            for _ in 0..<1200 {
                _ = try await database.appendQuestion("More", conversation: first.conversation, parent: nil)
            }
            try await database.delete(conversation: first.conversation)
            #expect(try await database.conversationCounts().messages == 0)
            #expect(try await database.conversations(limit: 1, offset: 0).isEmpty)
        }
    }
}
