import ArgumentParser
import Core
import Daemon
import Foundation
import SquireProtocol

@main
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

    func run() async {
        do {
            try await Daemon.run(
                location: Location(home: home, socket: socket, configuration: config), isPrivate: isPrivate)
            end(0)
        } catch {
            let message = (error as? any SquireError)?.message ?? "\(error)"
            FileHandle.standardError.write(Data("squired: \(Neutralizer.neutralised(message, .text))\n".utf8))
            end(1)
        }
    }

    /// Without exit handlers: those of libllama would take apart what a thread that still loads a model uses.
    private func end(_ status: Int32) -> Never {
        _exit(status)
    }
}
