import Core
import Foundation
import GRDB
import LoopbackServer
import SquireClient
import SquireProtocol
import Testing

/// Long conversations and large results, with the real daemon and the default model.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct ContextTests {
    private let settings = ["SQUIRE_MODEL_CONTEXT": "1024", "SQUIRE_LOG_LEVEL": "debug"]

    private func ask(_ client: SquireClient, _ question: String, in conversation: String) async throws -> WireMessage {
        try await client.call(
            AssistantAsk.self,
            .init(
                message: question, conversation: conversation, plugins: .named([]), collections: .named([]),
                sampling: WireSampling(temperature: 0, maxTokens: 24))
        ).message
    }

    /// Begins a conversation, and lets it have had sixty long messages.
    private func longConversation(_ client: SquireClient, home: String) async throws -> String {
        let first = try await client.call(
            AssistantAsk.self,
            .init(message: "My boat is called Kestrel.", plugins: .named([]), sampling: WireSampling(maxTokens: 4)))
        let database = try DatabaseQueue(path: home + "/squire.db")
        try await database.write { database in
            var parent = first.message.id
            for number in 0..<60 {
                let id = "\(first.conversation)-\(number)"
                let isQuestion = number.isMultiple(of: 2)
                let text =
                    isQuestion
                    ? "Question \(number): how is the deck of a wooden boat kept dry through a long winter? "
                        + String(repeating: "The planks shrink and the seams open in the frost. ", count: 2)
                    : "Cover the deck and let the air through. "
                        + String(
                            repeating: "A tarpaulin on battens keeps the rain off and lets the wood breathe. ", count: 2
                        )
                try database.execute(
                    sql: """
                        INSERT INTO messages (id, conversation, parent, role, text, createdAt, citations)
                        VALUES (?, ?, ?, ?, ?, 0, '[]')
                        """,
                    arguments: [id, first.conversation, parent, isQuestion ? "user" : "assistant", text])
                parent = id
            }
        }
        try database.close()
        return first.conversation
    }

    private func summaries(home: String) async throws -> [String] {
        let database = try DatabaseQueue(path: home + "/squire.db")
        defer { try? database.close() }
        return try await database.read { try String.fetchAll($0, sql: "SELECT text FROM summaries") }
    }

    private func check(_ message: WireMessage) throws -> WireContext {
        let ledger = try #require(message.context)
        #expect(ledger.size == 1024)
        #expect(ledger.parts.total <= 1024)
        #expect(ledger.parts.instructions > 0 && ledger.parts.question > 0 && ledger.parts.answer == 24)
        // All of the prompt is in the ledger, and the engine left nothing out.
        #expect(message.usage?.promptTokens == ledger.parts.total - ledger.parts.answer)
        #expect(message.usage?.droppedTurns == nil)
        return ledger
    }

    @Test
    func `a conversation of sixty long messages is answered; what was left out is said, summarised, and gone with it`()
        async throws
    {
        try await SquiredProcess.withDaemon(settings: settings) { daemon in
            try await daemon.withClient { client in
                let conversation = try await longConversation(client, home: daemon.home)
                let first = try check(try await ask(client, "What covers a deck?", in: conversation))
                let omission = try #require(first.leftOut.first)
                #expect(omission.part == .history && omission.tokens > 1500)
                #expect(omission.what.contains("My boat is called Kestrel."))
                #expect(!omission.what.contains("summary"))

                try await eventually { try await !summaries(home: daemon.home).isEmpty }
                let summary = try #require(try await summaries(home: daemon.home).first)
                print("Summary: \(summary)")
                #expect(summary.contains("Kestrel"))
                let second = try check(try await ask(client, "What covers a deck?", in: conversation))
                #expect(second.leftOut.first?.what.contains("a summary stands for") == true)
                // What the user told of himself is found however long ago it was.
                let told = try await ask(client, "What is my boat called?", in: conversation)
                #expect(told.text.contains("Kestrel"))
                // The messages themselves are all there.
                #expect(
                    try await client.call(ConversationGet.self, .init(conversation: conversation)).messages.count == 68)

                try await client.call(ConversationDelete.self, .init(conversation: conversation))
                #expect(try await summaries(home: daemon.home).isEmpty)
            }
        }
    }

    @Test func `kill -9 while a summary is made loses no message, and the next question has it made again`()
        async throws
    {
        try await withHome { home in
            let daemon = try await SquiredProcess.start(home: home, settings: settings)
            let conversation = try await daemon.withClient { client in
                let conversation = try await longConversation(client, home: home)
                _ = try check(try await ask(client, "What covers a deck?", in: conversation))
                return conversation
            }
            // It is begun after half a second without a question, and takes some.
            try await Task.sleep(for: .milliseconds(900))
            await daemon.end(with: SIGKILL)
            #expect(try await summaries(home: home).isEmpty)
            try await SquiredProcess.withDaemon(home: home, settings: settings) { daemon in
                try await daemon.withClient { client in
                    #expect(
                        try await client.call(ConversationGet.self, .init(conversation: conversation)).messages.count
                            == 64)
                    _ = try check(try await ask(client, "And in spring?", in: conversation))
                    try await eventually { try await !summaries(home: home).isEmpty }
                }
            }
        }
    }

    @Test func `a figure in the last tenth of a result of 200 KB is found, and the step keeps all of the result`()
        async throws
    {
        let names = (0..<4400).map { "Station \(String($0, radix: 36).uppercased())\($0 % 7)" }
        var rows = names.enumerated().map { #"{"name": "\#($1)", "waterLevel": \#(10 + $0 % 500).5}"# }
        rows[4300] = #"{"name": "Vlissingen", "waterLevel": 3.47}"#
        let body = #"{"stations": [\#(rows.joined(separator: ", "))]}"#
        #expect(body.utf8.count > 180_000)
        let server = try await ScriptedServer { _ in
            .response("200 OK", headers: ["Content-Type: application/json"], body: Array(body.utf8))
        }
        let document: JSONValue = [
            "openapi": "3.1.0", "info": ["title": "Tides", "version": "1"], "servers": [["url": .string(server.url)]],
            "paths": [
                "/levels": [
                    "get": [
                        "operationId": "waterLevels", "summary": "Tells the water level at all stations",
                        "description": "The current water level at every tide station on the coast, in metres.",
                    ]
                ]
            ],
        ]
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                _ = try await client.call(PluginRegister.self, .init(document: document))
                let answer = try await client.call(
                    AssistantAsk.self, .init(message: "What is the water level at the tide station Vlissingen?")
                ).message
                print("Answer: \(answer.text)\nLedger: \(String(describing: answer.context))")
                #expect(answer.text.contains("3.47"))
                #expect(answer.steps.first?.result?["stations"]?.array?.count == 4400)
                let ledger = try #require(answer.context)
                #expect(ledger.parts.total <= ledger.size)
                // The small model is not given it; of all the stations the one that was named is told.
                #expect(answer.text.contains("Vlissingen") && answer.text.count < 100)
            }
        }
        try await server.stop()
    }
}

extension WireContext.Parts {
    fileprivate var total: Int { instructions + tools + passages + history + results + question + answer }
}
