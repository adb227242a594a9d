import Core
import Foundation
import Store
import Testing

@Suite("Summaries and ledgers", .timeLimit(.minutes(1)))
struct SummaryTests {
    @Test("a summary is kept by the message it covers, and goes with its conversation")
    func kept() async throws {
        try await withDatabase { database in
            let asked = try await database.appendQuestion("Hello", conversation: nil, parent: nil)
            let next = try await database.appendQuestion("More", conversation: asked.conversation, parent: nil)
            let other = try await database.appendQuestion("Elsewhere", conversation: nil, parent: nil)
            for (message, text) in [(asked, "Old."), (asked, "First."), (next, "Second."), (other, "Other.")] {
                try await database.store(
                    ConversationSummary(lastMessage: message.message.id, text: text),
                    conversation: message.conversation)
            }
            let summaries = try await database.summaries(of: asked.conversation)
            #expect(Set(summaries.map(\.text)) == ["First.", "Second."])
            try await database.delete(conversation: asked.conversation)
            #expect(try await database.summaries(of: asked.conversation).isEmpty)
            #expect(try await database.summaries(of: other.conversation).map(\.text) == ["Other."])
        }
    }

    @Test("a summary of a message that is gone is refused")
    func gone() async throws {
        try await withDatabase { database in
            let asked = try await database.appendQuestion("Hello", conversation: nil, parent: nil)
            let error = await #expect(throws: StoreError.self) {
                try await database.store(
                    ConversationSummary(lastMessage: "none", text: "Gone."), conversation: asked.conversation)
            }
            #expect(error?.code == .messageUnknown)
        }
    }

    @Test("an answer comes back with its ledger")
    func ledger() async throws {
        try await withDatabase { database in
            let asked = try await database.appendQuestion("Hello", conversation: nil, parent: nil)
            var ledger = ContextLedger(size: 4096)
            ledger.parts.history = 3000
            ledger.parts.answer = 512
            ledger.leftOut = [ContextLedger.Omission(part: .history, what: "12 messages", tokens: 900)]
            let answer = Message(
                id: "a", parent: asked.message.id, role: .assistant, text: "Hi",
                createdAt: Date(timeIntervalSince1970: 0), finishReason: .stop, context: ledger)
            try await database.append(answer, conversation: asked.conversation)
            #expect(try await database.conversation(asked.conversation).1.map(\.context) == [nil, ledger])
        }
    }
}
