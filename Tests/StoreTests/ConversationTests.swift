import Core
import Foundation
import Store
import Testing

@Suite("Conversations", .timeLimit(.minutes(1)))
struct ConversationTests {
    private func answer(_ text: String, to parent: String, steps: [Step] = []) -> Message {
        Message(
            id: UUID().uuidString, parent: parent, role: .assistant, text: text,
            createdAt: Date(timeIntervalSince1970: 1_700_000_000.125), steps: steps, finishReason: .stop)
    }

    @Test func `a first question begins a conversation that bears its words`() async throws {
        try await withDatabase { database in
            let asked = try await database.appendQuestion("What time is it\nin  Tokyo?", conversation: nil, parent: nil)
            let (conversation, messages) = try await database.conversation(asked.conversation)
            #expect(conversation.title == "What time is it in Tokyo?")
            #expect(conversation.messageCount == 1)
            #expect(messages.map(\.text) == ["What time is it\nin  Tokyo?"])
            #expect(messages.first?.role == .user)
            #expect(messages.first?.parent == nil)
        }
    }

    @Test(arguments: [
        (
            "Please tell me how many kilometres a marathon of 26.2 miles really is",
            "Please tell me how many kilometres a marathon of 26.2 miles…"
        ),
        (String(repeating: "ä", count: 80), String(repeating: "ä", count: 59) + "…"),
        (String(repeating: "a", count: 60), String(repeating: "a", count: 60)),
        (" \n ", "Untitled"),
    ])
    func `a long title is cut between words at sixty characters`(question: String, title: String) async throws {
        try await withDatabase { database in
            let asked = try await database.appendQuestion(question, conversation: nil, parent: nil)
            let (conversation, _) = try await database.conversation(asked.conversation)
            #expect(conversation.title == title)
            #expect(conversation.title.count <= 60)
        }
    }

    @Test func `an answer comes back with everything it was stored with`() async throws {
        try await withDatabase { database in
            let asked = try await database.appendQuestion("Question", conversation: nil, parent: nil)
            var answer = answer(
                "It is 12:05. 東京 🗼", to: asked.message.id,
                steps: [
                    Step(
                        plugin: "almanac", operation: "worldTime", arguments: ["city": "Tokyo", "digits": 3],
                        status: .ok, result: ["time": "12:05", "offset": 9.5, "holiday": nil], seconds: 0.012),
                    Step(
                        plugin: "almanac", operation: "convert", arguments: [:], status: .error,
                        error: "HTTP status 404", errorKind: .rejected),
                    Step(plugin: "other", operation: "write", arguments: ["a": [1, 2]], status: .denied),
                ])
            answer.citations = [
                Citation(number: 1, source: "almanac", title: "Time", location: "time", quote: "12:05")
            ]
            answer.finishReason = .length
            answer.usage = Usage(promptTokens: 100, cachedTokens: 90, completionTokens: 7)
            answer.timings = Timings(firstTokenSeconds: 0.25, totalSeconds: 1.5)
            try await database.append(answer, conversation: asked.conversation)
            let (conversation, messages) = try await database.conversation(asked.conversation)
            #expect(messages.last == answer)
            #expect(conversation.messageCount == 2)
        }
    }

    @Test func `a question without a parent answers the newest message`() async throws {
        try await withDatabase { database in
            let first = try await database.appendQuestion("One", conversation: nil, parent: nil)
            let reply = answer("Reply", to: first.message.id)
            try await database.append(reply, conversation: first.conversation)
            let second = try await database.appendQuestion("Two", conversation: first.conversation, parent: nil)
            #expect(second.conversation == first.conversation)
            #expect(second.message.parent == reply.id)
        }
    }

    @Test func `a path follows one branch; the conversation holds all in the order they were stored`() async throws {
        try await withDatabase { database in
            let root = try await database.appendQuestion("Root", conversation: nil, parent: nil)
            let id = root.conversation
            let left = answer("Left", to: root.message.id, steps: [Step(plugin: "p", operation: "o", arguments: [:])])
            let right = answer("Right", to: root.message.id)
            try await database.append(left, conversation: id)
            try await database.append(right, conversation: id)
            let after = try await database.appendQuestion("After left", conversation: id, parent: left.id)
            let path = try await database.path(to: after.message.id, conversation: id)
            #expect(path.map(\.text) == ["Root", "Left", "After left"])
            #expect(path[1].steps == left.steps)
            #expect(try await database.conversation(id).1.map(\.text) == ["Root", "Left", "Right", "After left"])
        }
    }

    @Test func `a conversation or message that is not there is refused by name, and nothing is stored`() async throws {
        try await withDatabase { database in
            let one = try await database.appendQuestion("One", conversation: nil, parent: nil)
            let two = try await database.appendQuestion("Two", conversation: nil, parent: nil)

            func code(_ body: () async throws -> Void) async -> StoreError.Code? {
                do {
                    try await body()
                    return nil
                } catch {
                    return (error as? StoreError)?.code
                }
            }
            #expect(
                await code { _ = try await database.appendQuestion("x", conversation: "none", parent: nil) }
                    == .conversationUnknown)
            #expect(
                await code {
                    _ = try await database.appendQuestion("x", conversation: one.conversation, parent: two.message.id)
                } == .messageUnknown)
            #expect(
                await code { _ = try await database.appendQuestion("x", conversation: nil, parent: one.message.id) }
                    == .messageUnknown)
            #expect(
                await code {
                    try await database.append(answer("x", to: two.message.id), conversation: one.conversation)
                } == .messageUnknown)
            #expect(
                await code { try await database.append(answer("x", to: one.message.id), conversation: "none") }
                    == .conversationUnknown)
            #expect(
                await code { _ = try await database.path(to: two.message.id, conversation: one.conversation) }
                    == .messageUnknown)
            #expect(await code { _ = try await database.conversation("none") } == .conversationUnknown)
            #expect(
                await code { _ = try await database.rename(conversation: "none", to: "Moon") } == .conversationUnknown)
            #expect(await code { try await database.delete(conversation: "none") } == .conversationUnknown)
            #expect(try await database.conversationCounts() == (2, 2))
        }
    }

    @Test func `the conversation that changed last is listed first`() async throws {
        try await withDatabasePath { path in
            let clock = Clock()
            let database = try Database(path: path, now: { clock.next() })
            defer { try? database.close() }
            var ids: [String] = []
            for text in ["A", "B", "C"] {
                ids.append(try await database.appendQuestion(text, conversation: nil, parent: nil).conversation)
            }
            _ = try await database.appendQuestion("A again", conversation: ids[0], parent: nil)
            #expect(try await database.conversations(limit: 10, offset: 0).map(\.title) == ["A", "C", "B"])
            #expect(try await database.conversations(limit: 1, offset: 1).map(\.title) == ["C"])
            #expect(try await database.conversations(limit: 0, offset: 0).isEmpty)
        }
    }

    @Test func `a renamed conversation keeps its place, its messages and its time of change`() async throws {
        try await withDatabase { database in
            let first = try await database.appendQuestion("A", conversation: nil, parent: nil)
            _ = try await database.appendQuestion("B", conversation: nil, parent: nil)
            let before = try await database.conversation(first.conversation).0
            let renamed = try await database.rename(conversation: first.conversation, to: "Moon")
            #expect(renamed.title == "Moon" && renamed.updatedAt == before.updatedAt && renamed.messageCount == 1)
            #expect(try await database.conversations(limit: 10, offset: 0).map(\.title) == ["B", "Moon"])
        }
    }

    @Test func `deleting a conversation deletes its messages and their steps, and no others`() async throws {
        try await withDatabase { database in
            let kept = try await database.appendQuestion("Kept", conversation: nil, parent: nil)
            let gone = try await database.appendQuestion("Gone", conversation: nil, parent: nil)
            let steps = [Step(plugin: "p", operation: "o", arguments: [:], status: .ok)]
            try await database.append(answer("a", to: gone.message.id, steps: steps), conversation: gone.conversation)
            try await database.append(answer("b", to: kept.message.id, steps: steps), conversation: kept.conversation)
            try await database.delete(conversation: gone.conversation)
            #expect(try await database.conversationCounts() == (1, 2))
            #expect(try rows(in: "steps", of: database.path) == 1)
            #expect(try await database.conversation(kept.conversation).1.last?.steps == steps)
        }
    }

    @Test func `many tasks may ask at once`() async throws {
        try await withDatabase { database in
            let first = try await database.appendQuestion("0", conversation: nil, parent: nil)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...50 {
                    group.addTask {
                        let asked = try await database.appendQuestion(
                            "\(number)", conversation: number.isMultiple(of: 2) ? first.conversation : nil, parent: nil)
                        _ = try await database.path(to: asked.message.id, conversation: asked.conversation)
                    }
                }
                try await group.waitForAll()
            }
            let (conversation, messages) = try await database.conversation(first.conversation)
            #expect(conversation.messageCount == 26)
            // Each took the one before as its parent: the tree is one line.
            #expect(messages.dropFirst().map(\.parent) == messages.dropLast().map(\.id))
            #expect(try await database.conversationCounts() == (26, 51))
        }
    }

    @Test func `a cancelled task's answer is stored`() async throws {
        try await withDatabase { database in
            let asked = try await database.appendQuestion("Question", conversation: nil, parent: nil)
            let cut = answer("It is", to: asked.message.id)
            let task = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                try await database.append(cut, conversation: asked.conversation)
            }
            try await task.value
            #expect(try await database.conversation(asked.conversation).1.last == cut)
        }
    }
}
