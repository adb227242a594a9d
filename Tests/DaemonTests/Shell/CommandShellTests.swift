import Core
import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Synchronization
import Testing

/// Commands as a script runs them.
@Suite(.timeLimit(.minutes(2)))
struct CommandShellTests {
    /// Runs `body` with a shell beside a daemon that echoes questions.
    private func withEcho(
        _ change: (inout RPCRouter) -> Void = { _ in }, _ body: (ShellScript, Asked) async throws -> Void
    ) async throws {
        try await withHome { home in
            let asked = Asked()
            var router = RPCRouter()
            router.on(AssistantAsk.self) { parameters, _ in
                asked.add(parameters)
                let failed = parameters.message.hasPrefix("fail")
                return AssistantAsk.Result(
                    conversation: "c",
                    message: WireMessage(
                        id: "m", parent: nil, role: .assistant, text: "Asked: \(parameters.message)",
                        createdAt: Date(timeIntervalSince1970: 0),
                        steps: failed
                            ? [WireStep(plugin: "p", operation: "o", arguments: [:], status: .error, error: "no")] : [],
                        finishReason: .stop))
            }
            change(&router)
            try await RPCServer.withServer(at: home + "/squire.sock", handler: router) { _ in
                try await body(ShellScript(home: home), asked)
            }
        }
    }

    final class Asked: Sendable {
        private let parameters = Mutex<[AssistantAsk.Parameters]>([])
        var all: [AssistantAsk.Parameters] { parameters.withLock { $0 } }
        func add(_ asked: AssistantAsk.Parameters) { parameters.withLock { $0.append(asked) } }
    }

    @Test func `a loop that reads a file asks about each of its lines`() async throws {
        try await withEcho { shell, asked in
            let result = try await shell.run(
                #"printf 'Oslo\nParis\nRome\n' >"$SQUIRE_HOME/list"; while read c; do squire ask "Time in $c?"; done <"$SQUIRE_HOME/list""#
            )
            #expect(result.status == 0)
            #expect(result.out == "Asked: Time in Oslo?\nAsked: Time in Paris?\nAsked: Time in Rome?\n")
            // One that reads a pipe leaves it to the loop with -n.
            let piped = try await shell.run(
                #"printf 'Oslo\nParis\n' | while read c; do squire ask -n "And in $c?"; done"#)
            #expect(piped.out == "Asked: And in Oslo?\nAsked: And in Paris?\n")
        }
    }

    @Test func `standard input is read where it is a pipe with text, or asked for; closed it is as good as empty`()
        async throws
    {
        try await withEcho { shell, asked in
            func out(_ script: String) async throws -> String { try await shell.run(script).out }
            #expect(try await out("echo more | squire ask Q") == "Asked: Q\n\nmore\n")
            #expect(try await out("(sleep 0.5; echo late) | squire ask Q") == "Asked: Q\n\nlate\n")
            #expect(try await out("squire ask Q <&-") == "Asked: Q\n")
            #expect(try await out("squire ask Q </dev/null") == "Asked: Q\n")
            let file = #"echo notes >"$SQUIRE_HOME/n"; squire ask"#
            let left = try await shell.run(file + #" Q <"$SQUIRE_HOME/n""#)
            #expect(
                left.out == "Asked: Q\n"
                    && left.err == "Standard input is a file and was ignored; - reads it, -n does not look.\n")
            #expect(try await out(file + #" Q - <"$SQUIRE_HOME/n""#) == "Asked: Q\n\nnotes\n")
            #expect(try await out(file + #" Q -i "$SQUIRE_HOME/n""#) == "Asked: Q\n\nnotes\n")
            #expect(try await out(file + #" <"$SQUIRE_HOME/n""#) == "Asked: notes\n")
        }
    }

    @Test func `output that cannot be written, and an answer whose calls all failed, are failures`() async throws {
        try await withEcho { shell, _ in
            let full = try await shell.run("squire ask Q >/dev/full")
            #expect(full.status == 1)
            #expect(full.err == "squire: Not all of the output could be written: No space left on device.\n")
            #expect(try await shell.run("squire ask Q >&-").status == 1)
            #expect(try await shell.run("squire --help >/dev/full").status == 1)
            #expect(try await shell.run("squire ask Q | head -c 1 >/dev/null").status == 0)
            #expect(try await shell.run("squire ask Q").status == 0)
            #expect(try await shell.run("squire ask fail").status == 1)
            #expect(try await shell.run("squire ask --json fail").status == 1)
            #expect(try await shell.run("squire ask </dev/null").status == 64)
        }
    }

    @Test func `the daemon is told the zone of the shell that asks`() async throws {
        try await withEcho { shell, asked in
            _ = try await shell.run("TZ=Asia/Tokyo squire ask Q; TZ=:Europe/Paris squire ask Q; TZ=XYZ3 squire ask Q")
            #expect(asked.all.map(\.timeZone) == ["Asia/Tokyo", "Europe/Paris", nil])
        }
    }

    @Test func `a list for a program is whole, and standard error says where there is more`() async throws {
        let title = "A title that is far longer than the eighty columns that a terminal would have, with  two spaces"
        let change: (inout RPCRouter) -> Void = { router in
            router.on(ConversationList.self) { parameters, _ in
                let (limit, offset) = (parameters.limit ?? 50, parameters.offset ?? 0)
                return ConversationList.Result(
                    conversations: (0..<64).dropFirst(offset).prefix(limit).map {
                        WireConversation(
                            id: "id\($0)", title: title, createdAt: Date(timeIntervalSince1970: 0),
                            updatedAt: Date(timeIntervalSince1970: 0), messageCount: 2)
                    }, total: 64)
            }
        }
        try await withEcho(change) { shell, _ in
            let first = try await shell.run("squire conversation list | cat")
            #expect(first.out.components(separatedBy: title).count == 51)
            #expect(first.err == "1 to 50 of 64 conversations; --page 2 shows more, --all shows all.\n")
            let rest = try await shell.run("squire conversation list --page 2")
            #expect(rest.out.components(separatedBy: title).count == 15)
            let all = try await shell.run("squire conversation list --all")
            #expect(all.out.components(separatedBy: title).count == 65 && all.err.isEmpty)
        }
    }

    @Test func `status starts no daemon and exits with 69; a configuration that is not there is refused`() async throws
    {
        try await withHome { home in
            let shell = ShellScript(home: home)
            for command in ["status", "daemon status", "status --json"] {
                let result = try await shell.run("squire \(command)")
                #expect(result.status == 69)
                #expect(
                    (result.err + result.out).contains("squired is not running: nothing answers on \(home)/squire.sock")
                )
            }
            #expect(!FileManager.default.fileExists(atPath: home + "/squired.log"))
            let named = try await shell.run("squire --version; squire status --config /none")
            #expect(named.status == 64 && named.err == "squire: There is no configuration file /none.\n")
            let daemon = try await shell.run("squired --config /none")
            #expect(daemon.status == 1)
            #expect(
                daemon.err == "squired: there is no configuration file /none, which --config names\n")
        }
    }

    @Test func `man pages are made of what the programs say of themselves`() async throws {
        try await withHome { home in
            let script = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
                .appending(path: "../../../scripts/man-pages.py").standardizedFileURL.path
            let result = try await ShellScript(home: home).run(
                #"python3 '\#(script)' "$SQUIRE_HOME/man" "$(command -v squire)" "$(command -v squired)""#)
            #expect(result.status == 0, "\(result.err)")
            let ask = try String(contentsOfFile: home + "/man/squire-ask.1", encoding: .utf8)
            #expect(ask.contains(".SH SYNOPSIS\n.B squire ask\n[options]\n[\\fIquestion\\fR ...]"))
            #expect(ask.contains("\\fB\\-n\\fR, \\fB\\-\\-no\\-input\\fR\nIgnore standard input."))
            for page in ["squire.1", "squired.1", "squire-conversation.1"] {
                #expect(FileManager.default.fileExists(atPath: "\(home)/man/\(page)"))
            }
        }
    }

    @Test func `a daemon that cannot start says why through the command that started it`() async throws {
        try await withHome { home in
            try FileManager.default.createDirectory(atPath: home + "/config/squire", withIntermediateDirectories: true)
            try "gatway: {listen: x}\n".write(
                toFile: home + "/config/squire/config.yaml", atomically: true, encoding: .utf8)
            let result = try await ShellScript(home: home).run("squire ask Q")
            #expect(result.status == 69)
            #expect(
                result.err.hasSuffix(
                    "squire: squired cannot be started: \(home)/config/squire/config.yaml, line 1: there is no key \"gatway\"; "
                        + "did you mean gateway.listen?\n"))
        }
    }
}
