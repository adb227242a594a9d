import Core
import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Testing

/// Documents over the socket, with the real models.
@Suite("documents over the socket", .timeLimit(.minutes(3)))
struct DocumentMethodTests {
    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func fill(_ folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write(
            "# Boiler manual\n\n## Resetting\n\nHold the grey button for eight seconds until the lamp turns green.\n",
            to: "\(folder)/boiler.md")
        try write("The rose costs four crowns.\n\nThe tulip costs two crowns.\n", to: "\(folder)/flowers.txt")
        try write("", to: "\(folder)/empty.txt")
    }

    @Test func `what was added is searched by words and by meaning, and answers questions with exact quotes`()
        async throws
    {
        try await SquiredProcess.withDaemon { daemon in
            let folder = daemon.home + "/notes"
            try fill(folder)
            try await daemon.withClient { client in
                let added = try await client.call(DocumentAdd.self, .init(paths: [folder]))
                #expect(added.added == 2 && added.failures.map(\.kind) == ["documentEmpty"])
                #expect(try await client.call(Status.self).counts.documents == 2)
                try await eventually {
                    let collections = try await client.call(DocumentList.self, .init()).collections
                    return collections.allSatisfy { $0.embedded == $0.passages }
                }
                let found = try await client.call(
                    DocumentSearch.self, .init(query: "heating does not start any more", limit: 1)
                ).passages
                #expect(found.first?.source == "\(folder)/boiler.md")
                #expect(try await client.call(DocumentSearch.self, .init(query: "zzzqqq")).passages.isEmpty)

                let answer = try await client.call(
                    AssistantAsk.self, .init(message: "How long must I hold the button of the boiler to reset it?")
                ).message
                #expect(answer.text.contains("eight seconds") && answer.text.contains("[1]"))
                let citation = try #require(answer.citations.first)
                #expect(citation.title == "Boiler manual" && citation.source == "\(folder)/boiler.md")
                let text = try String(contentsOfFile: "\(folder)/boiler.md", encoding: .utf8)
                #expect(answer.citations.allSatisfy { text.contains($0.quote) })
                // It is stored with the answer.
                let stored = try await client.call(ConversationList.self, .init()).conversations.first
                let messages = try await client.call(ConversationGet.self, .init(conversation: try #require(stored).id))
                    .messages
                #expect(messages.last?.citations == answer.citations)

                let nothing = try await client.call(
                    AssistantAsk.self,
                    .init(
                        message: "Who won the chess championship of 1972?", collections: .named(["documents"]))
                ).message
                #expect(nothing.citations.isEmpty && nothing.text.contains("nothing"))
                let unknown = await #expect(throws: RPCError.self) {
                    _ = try await client.call(DocumentSearch.self, .init(query: "x", collections: .named(["letters"])))
                }
                #expect(unknown?.kind == "collectionUnknown")
            }
        }
    }

    @Test func `what the documents do not say is said to be so, whatever is near`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            let folder = daemon.home + "/notes"
            try fill(folder)
            try write(
                "Fuse box: behind the coat rack. Electrician Lund 555 3310. Key with Mrs Sievers on the second floor.\n",
                to: "\(folder)/emergency.txt")
            try await daemon.withClient { client in
                _ = try await client.call(DocumentAdd.self, .init(paths: [folder]))
                try await eventually {
                    let collections = try await client.call(DocumentList.self, .init()).collections
                    return collections.allSatisfy { $0.embedded == $0.passages }
                }
                for question in ["When was the fuse box replaced?", "What is Mrs Sievers' birthday?"] {
                    let answer = try await client.call(AssistantAsk.self, .init(message: question)).message
                    let isUnanswered = ["no clear answer", "don't know"].contains(where: answer.text.contains)
                    #expect(isUnanswered, "\(question): \(answer.text)")
                }
            }
        }
    }

    @Test func `killed while documents are added, the index holds together, and adding them again goes on`()
        async throws
    {
        try await withHome { home in
            let folder = home + "/notes"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for index in 0..<400 {
                try write("Note \(index) is about the number \(index * 7).", to: "\(folder)/\(index).txt")
            }
            let daemon = try await SquiredProcess.start(home: home)
            try? await daemon.withClient { client in
                async let adding = client.call(DocumentAdd.self, .init(paths: [folder]))
                try await eventually {
                    let collections = try await client.call(DocumentList.self, .init(limit: 0)).collections
                    return (collections.first?.documents ?? 0) > 0
                }
                await daemon.end(with: SIGKILL)
                _ = try await adding
            }
            try await SquiredProcess.withDaemon(home: home) { again in
                try await again.withClient { client in
                    let check = try await client.call(DocumentCheck.self, .init())
                    #expect(check.problems.isEmpty && check.documents > 0)
                    let added = try await client.call(DocumentAdd.self, .init(paths: [folder]))
                    #expect(added.added + added.unchanged == 400 && added.unchanged == check.documents)
                    #expect(try await client.call(DocumentCheck.self, .init()).documents == 400)
                }
            }
        }
    }
}
