import Core
import Foundation
import Store
import Testing

@Suite("Summaries and ledgers", .timeLimit(.minutes(1)))
struct SummaryTests {
    @Test func `a summary is kept by the message it covers, and goes with its conversation`() async throws {
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

    @Test func `a summary of a message that is gone is refused`() async throws {
        try await withDatabase { database in
            let asked = try await database.appendQuestion("Hello", conversation: nil, parent: nil)
            let error = await #expect(throws: StoreError.self) {
                try await database.store(
                    ConversationSummary(lastMessage: "none", text: "Gone."), conversation: asked.conversation)
            }
            #expect(error?.code == .messageUnknown)
        }
    }

    @Test func `an answer comes back with its ledger, its citations and what its sentences rest on`() async throws {
        try await withDatabase { database in
            let asked = try await database.appendQuestion("Hello", conversation: nil, parent: nil)
            var ledger = ContextLedger(size: 4096)
            for (tokens, part) in ContextLedger.Part.allCases.enumerated() { ledger.parts[part] = tokens + 1 }
            ledger.leftOut = ContextLedger.Part.allCases.map {
                ContextLedger.Omission(part: $0, what: "12 messages", tokens: 900, turns: $0 == .history ? 6 : nil)
            }
            let origins: [Support.Origin] = [.step, .passage, .question, .arithmetic, .conversation, .model]
            let answer = Message(
                id: "a", parent: asked.message.id, role: .assistant, text: "Hi. [1]",
                createdAt: Date(timeIntervalSince1970: 0),
                citations: [Citation(number: 1, source: "/a.md", title: "A", location: "line 3", quote: "Hi.")],
                finishReason: .stop, context: ledger,
                support: origins.map { Support(text: "Hi.", from: $0, number: $0 == .passage ? 1 : nil) })
            try await database.append(answer, conversation: asked.conversation)
            #expect(try await database.conversation(asked.conversation).1.last == answer)
        }
    }
}
