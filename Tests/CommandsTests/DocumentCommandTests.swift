import ArgumentParser
import Core
import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Synchronization
import Testing

@testable import Commands

/// The commands against a server of this test's own on a real socket.
@Suite(.timeLimit(.minutes(1))) struct DocumentCommandTests {
    private func withDaemon(
        _ router: RPCRouter, _ body: (Location) async throws -> Void
    ) async throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("sq-\(UUID().uuidString.prefix(8))")
        defer { try? FileManager.default.removeItem(at: home) }
        let location = Location(home: home.path, environment: [:])
        try await RPCServer.withServer(at: location.socket, handler: router) { _ in try await body(location) }
    }

    @Test func `what is added is told as it comes, and the result at the end`() async throws {
        var router = RPCRouter()
        router.on(DocumentAdd.self) { parameters, context in
            #expect(parameters == DocumentAdd.Parameters(paths: ["/n"], collection: "notes"))
            try await context.notify(
                AssistantEvent.self,
                AssistantEvent.Parameters(
                    request: context.id.value, type: .progress, text: "/n/a.md", done: 1, total: 2))
            return DocumentAdd.Result(collection: "notes", added: 2, passages: 3)
        }
        try await withDaemon(router) { location in
            let captured = Captured(isTerminal: true)
            let progress = CountedProgress(console: captured.console, unit: "documents")
            let result = try await SquireClient.withClient(socket: location.socket) { client in
                try await DocsCommand.Add.add(
                    DocumentAdd.Parameters(paths: ["/n"], collection: "notes"), client, progress)
            }
            #expect(result == DocumentAdd.Result(collection: "notes", added: 2, passages: 3))
            #expect(captured.err == "\r\u{1B}[2K██████████░░░░░░░░░░  1/2  /n/a.md\r\u{1B}[2K")
            #expect(captured.out.isEmpty)
        }
    }

    @Test func `an interrupted command cancels the request and says that what is done stays`() async throws {
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        var router = RPCRouter()
        router.on(DocumentAdd.self) { _, _ in
            begin.finish()
            defer { end.finish() }
            try await Task.sleep(for: .seconds(1000))
            throw CancellationError()
        }
        try await withDaemon(router) { location in
            let progress = CountedProgress(console: Captured().console, unit: "documents")
            let adding = Task {
                try await SquireClient.withClient(socket: location.socket) { client in
                    try await DocsCommand.Add.add(DocumentAdd.Parameters(paths: ["/n"]), client, progress)
                }
            }
            for await _ in began {}
            adding.cancel()
            for await _ in ended {}
            let error = await #expect(throws: CommandError.self) { try await adding.value }
            #expect(error?.code == .interrupted)
            #expect(error?.message.contains("same command goes on") == true)
        }
    }

    @Test func `the client's other methods say what was asked and give what was answered`() async throws {
        let passage = FoundPassage(
            document: "d", title: "t", location: "line 1", text: "x", score: 0.5, collection: "c", type: "text",
            source: nil, line: 1, highlights: [[0, 1]])
        var router = RPCRouter()
        router.on(DocumentList.self) { parameters, _ in
            #expect(parameters == DocumentList.Parameters(collection: "c", limit: 2, offset: 1))
            return DocumentList.Result(collections: [], documents: [])
        }
        router.on(DocumentSearch.self) { parameters, _ in
            #expect(parameters.method == .meaning)
            return DocumentSearch.Result(passages: [passage])
        }
        router.on(DocumentRemove.self) { parameters, _ in
            DocumentRemove.Result(removed: parameters.documents?.count ?? 0)
        }
        router.on(DocumentCheck.self) { parameters, _ in
            DocumentCheck.Result(
                documents: 1, passages: 2, embedded: 2, problems: [], repaired: parameters.repair == true)
        }
        try await withDaemon(router) { location in
            try await SquireClient.withClient(socket: location.socket) { client in
                let list = try await client.call(DocumentList.self, .init(collection: "c", limit: 2, offset: 1))
                #expect(list.documents.isEmpty)
                let found = try await client.call(DocumentSearch.self, .init(query: "q", method: .meaning))
                #expect(found.passages == [passage])
                let removed = try await client.call(DocumentRemove.self, .init(documents: ["a", "b"]))
                #expect(removed.removed == 2)
                #expect(try await client.call(DocumentCheck.self, .init(repair: true)).repaired)
            }
        }
    }

    @Test func `a command that has said why it failed says no more`() {
        let captured = Captured()
        let status = CommandLineProgram.report(
            ExitCode(1), arguments: ["docs", "add", "--json"], console: captured.console)
        #expect(status == 1)
        #expect(captured.out.isEmpty)
        #expect(captured.err.isEmpty)
    }
}
