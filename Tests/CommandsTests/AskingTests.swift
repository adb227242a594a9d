import ArgumentParser
import Core
import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Synchronization
import Testing

@testable import Commands

/// Commands against a server of this test's own on a real socket.
@Suite(.timeLimit(.minutes(1))) struct AskingTests {
    private let answer = WireMessage(
        id: "m2", parent: "m1", role: .assistant, text: "At noon.", createdAt: Date(timeIntervalSince1970: 0),
        finishReason: .stop)

    /// Runs `body` with the socket of a daemon that answers each question, and with what it was asked.
    private func withDaemon(
        _ change: (inout RPCRouter) -> Void = { _ in }, _ body: (Location, Asked) async throws -> Void
    ) async throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("sq-\(UUID().uuidString.prefix(8))")
        defer { try? FileManager.default.removeItem(at: home) }
        let asked = Asked()
        var router = RPCRouter()
        router.on(AssistantAsk.self) { [answer] parameters, context in
            asked.add(parameters)
            if parameters.stream != false {
                for word in ["At", " noon."] {
                    try await context.notify(
                        AssistantEvent.self,
                        AssistantEvent.Parameters(request: context.id.value, type: .token, text: word))
                }
            }
            return AssistantAsk.Result(conversation: "c\(asked.all.count)", message: answer)
        }
        change(&router)
        let location = Location(home: home.path, environment: [:])
        try await RPCServer.withServer(at: location.socket, handler: router) { _ in try await body(location, asked) }
    }

    final class Asked: Sendable {
        private let parameters = Mutex<[AssistantAsk.Parameters]>([])
        var all: [AssistantAsk.Parameters] { parameters.withLock { $0 } }
        func add(_ asked: AssistantAsk.Parameters) { parameters.withLock { $0.append(asked) } }
    }

    @Test func `an answer is streamed to standard output`() async throws {
        try await withDaemon { location, asked in
            let captured = Captured()
            let result = try await SquireClient.withClient(socket: location.socket) { client in
                try await Asker(client: client, console: captured.console).ask(
                    AssistantAsk.Parameters(message: "When?"))
            }
            #expect(result.conversation == "c1")
            #expect(captured.out == "At noon.\n")
            #expect(asked.all.map(\.message) == ["When?"])
        }
    }

    @Test func `for a program nothing is streamed and nothing shown`() async throws {
        try await withDaemon { location, asked in
            let captured = Captured()
            _ = try await SquireClient.withClient(socket: location.socket) { client in
                try await Asker(client: client, console: captured.console, isSilent: true)
                    .ask(AssistantAsk.Parameters(message: "When?"))
            }
            #expect(captured.out.isEmpty)
            #expect(asked.all.map(\.stream) == [false])
        }
    }

    @Test func `an interrupted question cancels the request, keeps what came, and says so`() async throws {
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let change: (inout RPCRouter) -> Void = { router in
            router.on(AssistantAsk.self) { _, context in
                try await context.notify(
                    AssistantEvent.self, AssistantEvent.Parameters(request: context.id.value, type: .token, text: "At"))
                begin.finish()
                defer { end.finish() }
                try await Task.sleep(for: .seconds(1000))
                throw CancellationError()
            }
        }
        try await withDaemon(change) { location, _ in
            let captured = Captured()
            let console = captured.console
            let asking = Task {
                try await SquireClient.withClient(socket: location.socket) { client in
                    try await Asker(client: client, console: console).ask(AssistantAsk.Parameters(message: "When?"))
                }
            }
            for await _ in began {}
            asking.cancel()
            for await _ in ended {}
            let error = await #expect(throws: CommandError.self) { try await asking.value }
            #expect(error?.code == .interrupted)
            #expect(captured.out == "At\n")
        }
    }

    struct Lines: LineSource {
        let lines: AsyncStream<String>
        init(_ lines: [String]) {
            self.lines = AsyncStream { continuation in
                for line in lines { continuation.yield(line) }
                continuation.finish()
            }
        }
        func next() async -> String? {
            for await line in lines { return line }
            return nil
        }
    }

    @Test func `a chat goes on in its conversation, until a new one is begun`() async throws {
        try await withDaemon { location, asked in
            let captured = Captured()
            let console = captured.console
            let launcher = DaemonLauncher(location: location, mayStart: false, console: console)
            let lines = Lines(["one", "/plugins none", "two", "/new", "three", "/nonsense", "/quit", "never"])
            var chat = Chat(launcher: launcher, console: console, input: lines, options: try AnswerOptions.parse([]))
            try await chat.run()
            #expect(asked.all.map(\.message) == ["one", "two", "three"])
            #expect(asked.all.map(\.conversation) == [nil, "c1", nil])
            #expect(asked.all.map(\.plugins) == [nil, .named([]), .named([])])
            #expect(captured.out == "At noon.\nAt noon.\nAt noon.\n")
            #expect(captured.err.contains("There is no /nonsense"))
        }
    }

    @Test func `a choice of plugins that are not there is refused with what there is, and changes nothing`()
        async throws
    {
        let change: (inout RPCRouter) -> Void = { router in
            router.on(PluginList.self) { _, _ in
                PluginList.Result(plugins: [
                    PluginSummary(
                        name: "almanac", title: "Almanac", description: "", enabled: true, source: nil, operations: [],
                        bundled: true, registeredAt: Date(timeIntervalSince1970: 0), warnings: [])
                ])
            }
        }
        try await withDaemon(change) { location, asked in
            let captured = Captured()
            let console = captured.console
            let launcher = DaemonLauncher(location: location, mayStart: false, console: console)
            let lines = Lines(["/plugins almanack", "one", "/plugins almanac", "two"])
            var chat = Chat(launcher: launcher, console: console, input: lines, options: try AnswerOptions.parse([]))
            try await chat.run()
            #expect(
                captured.err.contains(
                    "There is no plugin \"almanack\". Did you mean almanac? There are: almanac; auto for all, none for none."
                ))
            #expect(asked.all.map(\.plugins) == [nil, .named(["almanac"])])
        }
    }

    @Test func `a chat that is continued shows what was said last, at a terminal and nowhere else`() async throws {
        let date = Date(timeIntervalSince1970: 0)
        let messages = (1...12).map { number in
            WireMessage(
                id: "m\(number)", parent: nil, role: number.isMultiple(of: 2) ? .assistant : .user,
                text: "Said **\(number)**.", createdAt: date)
        }
        let change: (inout RPCRouter) -> Void = { router in
            router.on(ConversationGet.self) { parameters, _ in
                #expect(parameters.conversation == "c12")
                return ConversationGet.Result(
                    conversation: WireConversation(
                        id: "c123", title: "T", createdAt: date, updatedAt: date, messageCount: 12), messages: messages)
            }
        }
        try await withDaemon(change) { location, asked in
            for isTerminal in [true, false] {
                let captured = Captured(isTerminal: isTerminal)
                let console = captured.console
                var chat = Chat(
                    launcher: DaemonLauncher(location: location, mayStart: false, console: console), console: console,
                    input: Lines(["go on"]), options: try AnswerOptions.parse(["--conversation", "c12"]))
                try await chat.run()
                #expect(captured.out.contains("2 earlier messages; squire conversation show c123") == isTerminal)
                #expect(captured.out.contains("Said **3**.\n") == isTerminal)
                #expect(!captured.out.contains("Said **2**."))
                #expect(asked.all.last?.conversation == (isTerminal ? "c123" : "c12"))
            }
        }
    }

    @Test func `a silent chat shows no answer, and reports all of them and what failed in order`() async throws {
        let change: (inout RPCRouter) -> Void = { router in
            router.on(AssistantAsk.self) { [answer] parameters, _ in
                guard parameters.message != "two" else { throw RPCError(kind: "queueFull", "Ask again later.") }
                return AssistantAsk.Result(conversation: "c1", message: answer)
            }
        }
        try await withDaemon(change) { location, _ in
            let captured = Captured()
            let console = captured.console
            let launcher = DaemonLauncher(location: location, mayStart: false, console: console)
            var chat = Chat(
                launcher: launcher, console: console, input: Lines(["one", "two", "three"]),
                options: try AnswerOptions.parse([]), isSilent: true)
            try await chat.run()
            #expect(captured.out.isEmpty && chat.report.hasFailed)
            let report = try JSONValue(parsing: Report(console: console, json: true).document(chat.report))
            let answers = try #require(report["answers"]?.array)
            #expect(answers.map { $0["message"]?["text"]?.string } == ["At noon.", nil, "At noon."])
            #expect(answers.map { $0["error"]?["kind"]?.string } == [nil, "queueFull", nil])
        }
    }

    @Test func `an error in a chat is shown and the chat goes on`() async throws {
        let change: (inout RPCRouter) -> Void = { router in
            router.on(AssistantAsk.self) { _, _ in
                throw RPCError(kind: "queueFull", "Too many questions wait. Ask again later.")
            }
        }
        try await withDaemon(change) { location, _ in
            let captured = Captured()
            let console = captured.console
            let launcher = DaemonLauncher(location: location, mayStart: false, console: console)
            var chat = Chat(
                launcher: launcher, console: console, input: Lines(["one", "two"]),
                options: try AnswerOptions.parse([]))
            try await chat.run()
            #expect(captured.err.components(separatedBy: "Ask again later.").count == 3)
        }
    }

    @Test func `where no daemon answers and none may be started, a command says so`() async throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("sq-\(UUID().uuidString.prefix(8))")
        let location = Location(home: home.path, environment: [:])
        let launcher = DaemonLauncher(location: location, mayStart: false, console: Captured().console)
        let error = await #expect(throws: CommandError.self) { try await launcher.withClient { _ in } }
        #expect(error?.code == .noDaemon)
        #expect(!FileManager.default.fileExists(atPath: home.path), "nothing is made")
    }
}
