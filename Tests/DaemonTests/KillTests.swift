import Core
import Foundation
import GRDB
import SeededRandom
import SquireClient
import SquireProtocol
import Synchronization
import Testing

@Suite("killed at any instant", .timeLimit(.minutes(5)))
struct KillTests {
    /// What the daemon has told somebody, by question.
    private struct Acknowledged {
        /// Of these a token has come: a question is stored before work on it begins.
        var begun: Set<String> = []
        var answers: [String: AssistantAsk.Result] = [:]
        /// These were asked to be deleted, and may be gone.
        var deleting: Set<String> = []
        /// These are.
        var deleted: Set<String> = []
    }

    /// Shared by the askers' tasks and the connection's thread.
    private final class Ledger: Sendable {
        private let acknowledged = Mutex(Acknowledged())

        var all: Acknowledged { acknowledged.withLock { $0 } }

        func note(_ change: (inout Acknowledged) -> Void) {
            acknowledged.withLock { change(&$0) }
        }
    }

    @Test func `kill -9 at ten random moments loses nothing that was acknowledged`() async throws {
        try await withHome { home in
            let ledger = Ledger()
            var random = SeededRandom.ofTest("KillTests")
            for round in 0..<10 {
                let daemon = try await SquiredProcess.start(home: home)
                try await check(ledger.all, in: daemon)
                // Every other time something is acknowledged first; the other times it may be while the model loads.
                if round.isMultiple(of: 2) {
                    try await daemon.withClient { try await ask($0, "\(round)", times: 1, ledger) }
                }
                // The moment is random, so the wait is the test.
                let moment = Duration.milliseconds(Int.random(in: 0...1500, using: &random))
                await withTaskGroup { group in
                    for asker in 0..<3 {
                        group.addTask {
                            // Ends with the connection.
                            try? await daemon.withClient { try await ask($0, "\(round)-\(asker)", times: .max, ledger) }
                        }
                    }
                    try? await Task.sleep(for: moment)
                    await daemon.end(with: SIGKILL)
                    await group.waitForAll()
                }
            }
            try await SquiredProcess.withDaemon(home: home) { daemon in
                try await check(ledger.all, in: daemon)
            }
            let said = ledger.all
            #expect(said.answers.count >= 5)
            #expect(!said.begun.isEmpty)

            let database = try DatabaseQueue(path: home + "/squire.db")
            let integrity = try await database.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
            #expect(integrity == ["ok"])
            let orphans = try await database.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
            #expect(orphans == 0)
        }
    }

    /// Asks one question after another, deleting every fourth conversation, until the connection ends.
    private func ask(_ client: SquireClient, _ name: String, times: Int, _ ledger: Ledger) async throws {
        for number in 1...times {
            let question = "Say hello, \(name)-\(number)"
            let parameters = AssistantAsk.Parameters(
                message: question, plugins: .named([]), sampling: WireSampling(temperature: 0, maxTokens: 4))
            let answer = try await client.call(AssistantAsk.self, parameters) { event in
                if event.type == .token { ledger.note { $0.begun.insert(question) } }
            }
            ledger.note { $0.answers[question] = answer }
            if number % 4 == 0 {
                ledger.note { $0.deleting.insert(question) }
                try await client.call(ConversationDelete.self, .init(conversation: answer.conversation))
                ledger.note { $0.deleted.insert(question) }
            }
        }
    }

    private func check(_ acknowledged: Acknowledged, in daemon: SquiredProcess) async throws {
        try await daemon.withClient { client in
            let conversations = try await client.call(ConversationList.self, .init(limit: 1000)).conversations
            let stored = Dictionary(conversations.map { ($0.title, $0.id) }) { first, _ in first }
            #expect(acknowledged.begun.subtracting(acknowledged.deleting).subtracting(stored.keys).isEmpty)
            #expect(acknowledged.deleted.isDisjoint(with: stored.keys))
            for (question, answer) in acknowledged.answers where !acknowledged.deleting.contains(question) {
                let messages = try await client.call(ConversationGet.self, .init(conversation: answer.conversation))
                    .messages
                #expect(messages.map(\.text) == [question, answer.message.text])
                #expect(messages.last?.id == answer.message.id)
            }
        }
    }
}
