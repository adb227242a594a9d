import ArgumentParser
import Core
import Foundation
import JSONRPC
import SquireProtocol
import Testing

@testable import Commands

@Suite struct ArgumentTests {
    @Test func `a question is its words, and below them what was piped in`() throws {
        #expect(try AskCommand.question(["What", "is", "this?"], piped: nil) == "What is this?")
        #expect(try AskCommand.question(["Sum", "up:"], piped: "a\nb") == "Sum up:\n\na\nb")
        #expect(try AskCommand.question([], piped: "a") == "a")
        let error = #expect(throws: CommandError.self) { try AskCommand.question([" "], piped: nil) }
        #expect(error?.code == .usage)
    }

    @Test(arguments: [
        ("What is 1/2?", ChatInstruction.ask("What is 1/2?")), ("  hello", .ask("hello")),
        ("//etc?", .ask("/etc?")),
        ("", .nothing), (" \t", .nothing), ("/help", .help), ("/new", .new), ("/quit", .quit),
        ("/plugins", .showPlugins), ("/plugins auto", .choosePlugins(.auto)),
        ("/plugins none", .choosePlugins(.named([]))), ("/plugins a, b", .choosePlugins(.named(["a", "b"]))),
        ("exit", .quit), (" QUIT ", .quit), (":q", .quit), ("exit code 1?", .ask("exit code 1?")),
        (
            "/bogus now",
            .refused("There is no /bogus. There are /help, /plugins, /new, /quit; // begins a question with /.")
        ),
        (
            "/plugin",
            .refused(
                "There is no /plugin. Did you mean /plugins? There are /help, /plugins, /new, /quit; // begins a question with /."
            )
        ),
        ("/new please", .refused("/new stands alone, without \"please\".")),
    ])
    func `a line of a chat is a question or an instruction`(_ line: String, _ expected: ChatInstruction) {
        #expect(ChatInstruction(line: line) == expected)
    }

    @Test func `a plugin's arguments are one JSON object, or name=value`() throws {
        #expect(try PluginArguments.parse([]) == [:])
        #expect(try PluginArguments.parse([#" {"a": [1]}"#]) == ["a": [1]])
        #expect(
            try PluginArguments.parse(["city=New York", "n=3", "on=true", "zip=01234", "sum=a=b"])
                == ["city": "New York", "n": 3, "on": true, "zip": "01234", "sum": "a=b"])
        for words in [["city"], ["=x"], [#"{"a"}"#], ["a=1", "{}"]] {
            #expect(throws: CommandError.self) { try PluginArguments.parse(words) }
        }
    }

    @Test func `the parameters of rpc must be an object or an array`() throws {
        #expect(try RPCCommand.parse(nil) == [:])
        #expect(try RPCCommand.parse("[1]") == [1])
        for text in ["1", "", "{", "null"] { #expect(throws: CommandError.self) { try RPCCommand.parse(text) } }
    }

    @Test func `the options of a question become its parameters`() throws {
        let command = try AskCommand.parse(
            [
                "hi", "there", "--plugins", "a,b", "--temperature", "0", "--seed", "7", "--max-steps", "2", "--persona",
                "p",
            ])
        let parameters = command.answer.parameters(
            message: "hi there", conversation: "c", plugins: command.answer.selection)
        #expect(
            parameters
                == AssistantAsk.Parameters(
                    message: "hi there", conversation: "c", persona: "p", plugins: .named(["a", "b"]),
                    sampling: WireSampling(temperature: 0, seed: 7), maxSteps: 2, timeZone: ClientTimeZone.name))
        let bare = try AskCommand.parse(["hi"])
        #expect(bare.answer.sampling.sampling == nil)
        #expect(bare.answer.selection == nil)
        #expect(try AskCommand.parse(["--no-plugins"]).answer.selection == .named([]))
        func collections(_ arguments: [String]) throws -> WireNameSelection? {
            try AskCommand.parse(arguments).answer.parameters(message: "x", conversation: nil, plugins: nil).collections
        }
        #expect(try collections([]) == nil)
        #expect(try collections(["--collections", "notes, work"]) == .named(["notes", "work"]))
        #expect(try collections(["--no-docs"]) == .named([]))
    }

    @Test func `options that contradict each other are refused`() {
        for arguments in [
            ["-c", "--conversation", "x"], ["--plugins", "a", "--no-plugins"], ["--collections", "a", "--no-docs"],
            ["--max-steps", "-1"],
        ] {
            #expect(throws: (any Error).self) { try AskCommand.parse(arguments) }
        }
    }

    struct Failure: SquireError {
        var kind: FailureCode { "cupBroken" }
        var failureClass: FailureClass { .failed }
        var message: String { "The cup is broken." }
    }

    @Test(arguments: [
        (Failure() as any Error, Int32(1), "cupBroken"), (CommandError(.noDaemon, "m"), 69, "noDaemon"),
        (CommandError(.usage, "m"), 64, "usage"), (CancellationError(), 130, "interrupted"),
        (RPCConnectionError(.nobodyListens, "m"), 69, "nobodyListens"),
        (RPCConnectionError(.closed, "m"), 1, "connectionClosed"), (RPCError(.cancelled, "m"), 1, "cancelled"),
        (RPCError(.methodNotFound, "m"), 1, "methodUnknown"),
        (ValidationError("m"), 64, "usage"),
    ])
    func `how a command ended is its exit status, and with --json one document`(
        _ error: any Error, _ status: Int32, _ kind: String
    ) throws {
        let people = Captured()
        #expect(CommandLineProgram.report(error, arguments: ["x"], console: people.console) == status)
        #expect(people.out.isEmpty)
        #expect(!people.err.isEmpty)
        let program = Captured()
        #expect(CommandLineProgram.report(error, arguments: ["x", "--json"], console: program.console) == status)
        #expect(program.err.isEmpty)
        let document = try JSONValue(parsing: program.out)
        #expect(document["error"]?["kind"]?.string == kind)
        #expect(document["error"]?["message"]?.string?.isEmpty == false)
    }

    @Test func `asking for help is no failure`() throws {
        let captured = Captured()
        let error = try #require(throws: (any Error).self) {
            var command = try SquireCommand.parseAsRoot(["ask", "--help"])
            try command.run()
        }
        #expect(CommandLineProgram.report(error, arguments: [], console: captured.console) == 0)
        #expect(captured.out.contains("USAGE: squire ask"))
    }
}

struct ApproverTests {
    @Test func `only a clear yes is one`() {
        #expect(Approver.decision("y") == .allow)
        #expect(Approver.decision(" Yes ") == .allow)
        #expect(Approver.decision("always") == .always)
        for line in ["", "n", "yesterday", nil] { #expect(Approver.decision(line) == .deny) }
    }

    private func prompt(_ arguments: JSONValue, server: String? = "https://a.example/v1") -> String {
        ApprovalPrompt(
            ToolApprove.Parameters(
                request: 1, plugin: "shopping", title: "Shopping", operation: "addItem", method: "POST", server: server,
                path: "/items/{item}", arguments: arguments, reason: "It may change something.")
        ).question(Captured().console.errStyle)
    }

    @Test func `the prompt shows the whole request: its method, its address, and all of its arguments`() {
        let long = String(repeating: "x", count: 5000) + " and delete everything"
        let text = prompt(["item": .string(long), "zeal": 1])
        #expect(text.contains("POST https://a.example/v1/items/{item}\n"))
        #expect(text.contains(long) && text.contains("zeal: 1"))
        #expect(!text.contains("…"))
    }

    @Test func `nothing of it moves the cursor or hides a part`() {
        let text = prompt(["item": "milk\u{1B}[2K\r\u{9B}1A"], server: "https://a.example\u{1B}[8m")
        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    }
}

struct PermissionCommandTests {
    private let permission = PermissionSummary(
        plugin: "shopping", operation: "addItem", method: "POST", server: "https://a.example", path: "/items",
        grantedAt: Date(timeIntervalSince1970: 1_800_000_000), expires: nil)

    @Test func `permissions are listed with their request and their end`() {
        let text = PermissionText.list([permission], Captured().console(width: 120))
        for part in ["shopping", "addItem", "never", "POST https://a.example/items"] { #expect(text.contains(part)) }
        #expect(PermissionText.list([], Captured().console) == "There are no permanent permissions.\n")
        #expect(
            PermissionText.permitted(permission).hasPrefix("Allowed shopping.addItem (POST https://a.example/items)"))
    }

    @Test func `a length of time that is none is refused before anything is asked`() throws {
        #expect(throws: (any Error).self) { try PluginPermitCommand.parse(["p", "o", "--for", "soon"]) }
        #expect(try PluginPermitCommand.parse(["p", "o", "--for", "7d"]).span == "7d")
        #expect(try PluginRevokeCommand.parse(["p"]).operation == nil)
        #expect(try PluginPermissionsCommand.parse([]).name == nil)
        #expect(try GatewayCommand.Token.parse(["--new"]).isNew)
    }
}
