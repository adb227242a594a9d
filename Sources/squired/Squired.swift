import ArgumentParser
import Core
import Daemon
import Foundation
import SquireProtocol

@main
enum Entry {
    static func main() async {
        OwnProcess.prepare()
        do {
            let squired = try Squired.parse()
            await squired.run()
        } catch {
            // Not by the parser's own way to end, which ends with a trap where what it says cannot be written.
            let status = Squired.exitCode(for: error)
            let text = Squired.fullMessage(for: error)
            if status.isSuccess { OwnProcess.say(text, to: STDOUT_FILENO) } else { OwnProcess.say(text) }
            _exit(status.rawValue)
        }
    }
}

struct Squired: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "squired",
        abstract: "Host the assistant and answer on its socket, in the foreground.",
        discussion: """
            It logs to standard error, and stops on SIGINT and SIGTERM: running answers get a moment, then are cut \
            and stored as cut. squire daemon start runs it in the background.

            Environment: SQUIRE_HOME, SQUIRE_SOCKET and SQUIRE_CONFIG stand for the options; SQUIRE_MODEL_PATH and \
            the like for the configuration's keys (model.path).
            """,
        version: SquireVersion.current)

    @Option(help: ArgumentHelp("Where conversations and plugins are kept.", valueName: "folder"))
    var home: String?

    @Option(help: ArgumentHelp("The Unix socket to answer on.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("The configuration file.", valueName: "path"))
    var config: String?

    @Flag(
        name: .customLong("private"),
        help: "Serve only the program that starts it: no gateway, and stop when standard input ends.")
    var isPrivate = false

    @Option(help: .hidden)
    var tryModel: String?

    @Option(help: .hidden)
    var tryPurpose = "chat"

    @Option(help: .hidden)
    var trySettings = "{}"

    func run() async {
        if let tryModel { await Daemon.tryModel(tryModel, purpose: tryPurpose, settings: trySettings) }
        do {
            try await Daemon.run(
                location: Location(home: home, socket: socket, configuration: config), isPrivate: isPrivate)
            end(0)
        } catch {
            let message = (error as? any SquireError)?.message ?? "\(error)"
            OwnProcess.say("squired: \(Neutralizer.neutralised(message, .text))")
            end(1)
        }
    }

    /// Without exit handlers: those of libllama would take apart what a thread that still loads a model uses.
    private func end(_ status: Int32) -> Never {
        _exit(status)
    }
}
