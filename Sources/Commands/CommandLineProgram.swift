import ArgumentParser
import Core
import SquireProtocol

/// The `squire` program.
package enum CommandLineProgram {
    /// Runs one command line and says how it ended, on standard output and standard error.
    ///
    /// - Parameter arguments: without the program's name.
    /// - Returns: the exit status: 0; 1 it failed; 64 wrong usage; 69 no daemon; 130 interrupted.
    package static func run(_ arguments: [String]) async -> Int32 {
        StandardStreams.open()
        Interruption.watch()
        let status = await status(arguments)
        guard let reason = OutputFailure.reason else { return status }
        Console.standard.err("squire: Not all of the output could be written: \(reason).\n")
        return status == 0 ? ExitStatus.failed : status
    }

    private static func status(_ arguments: [String]) async -> Int32 {
        do {
            var command = try SquireCommand.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error, arguments: arguments, console: .standard)
        }
    }

    /// Writes an error where its reader looks for it.
    static func report(_ error: any Error, arguments: [String], console: Console) -> Int32 {
        let wantsJSON = arguments.prefix { $0 != "--" }.contains("--json")
        switch error {
        case let error as any SquireError:
            report(kind: error.kind, error.message, json: wantsJSON, console: console)
            return ExitStatus.of(error)
        case is CancellationError:
            report(
                kind: CommandError.interrupted.kind, CommandError.interrupted.message, json: wantsJSON, console: console
            )
            return ExitStatus.interrupted
        case let status as ExitCode:
            // The command has said what there is to say.
            return status.rawValue
        default: break
        }
        // Help that was asked for comes this way too.
        let status = SquireCommand.exitCode(for: error).rawValue
        if status == 0 {
            console.out(SquireCommand.fullMessage(for: error) + "\n")
        } else if wantsJSON {
            report(
                kind: FailureCode(rawValue: CommandError.Code.usage.rawValue), SquireCommand.message(for: error),
                json: true, console: console)
        } else {
            console.err(SquireCommand.fullMessage(for: error) + "\n")
        }
        return status
    }

    private static func report(kind: FailureCode, _ message: String, json: Bool, console: Console) {
        if json {
            let error = JSONValue.object(["error": ["kind": .string(kind.rawValue), "message": .string(message)]])
            console.out(JSONEscapes.escaped(error.text) + "\n")
        } else {
            console.err(console.errStyle.failure("squire: ") + PlainText.block(message) + "\n")
        }
    }
}

struct SquireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "squire",
        abstract: "Ask the assistant that lives on this machine.",
        discussion: """
            Squire hosts a language model in a daemon of its own, squired, which runs here and \
            nowhere else. It answers questions, and calls plugins when an answer needs one.

            Begin with:
              squire ask What time is it in Tokyo?
              git diff | squire ask Write a commit message for this
              squire chat
              squire docs add ~/notes
              squire plugin add ./openapi.yaml

            If no daemon answers, squire starts one; only status does not.

            Exit status:
              0    done; of ask: answered, and where plugins were called, one of the calls succeeded
              1    failed; also: no call of an answer succeeded, or the output could not be written
              64   wrong usage: unknown options, nothing to do, a configuration file that is not there
              69   no daemon answers, and none was or could be started
              130  interrupted
            """,
        version: SquireVersion.current,
        groupedSubcommands: [
            CommandGroup(name: "Asking", subcommands: [AskCommand.self, ChatCommand.self, ConversationCommand.self]),
            CommandGroup(
                name: "Extending",
                subcommands: [DocsCommand.self, PluginCommand.self, ModelCommand.self, EvalCommand.self]),
            CommandGroup(
                name: "Daemon",
                subcommands: [StatusCommand.self, DaemonCommand.self, GatewayCommand.self, RPCCommand.self]),
        ])
}
