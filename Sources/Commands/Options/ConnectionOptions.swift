import ArgumentParser
import SquireClient
import SquireProtocol

/// Which daemon is talked to, and whether it may be started.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the daemon keeps everything (SQUIRE_HOME; else ~/.local/share/squire).", valueName: "folder"))
    var home: String?

    @Option(
        help: ArgumentHelp(
            "The daemon's socket (SQUIRE_SOCKET; else squire.sock in the runtime folder or the home).",
            valueName: "path"))
    var socket: String?

    @Option(
        help: ArgumentHelp(
            "The configuration of a daemon that is started (SQUIRE_CONFIG; else ~/.config/squire/config.yaml).",
            valueName: "file"))
    var config: String?

    @Flag(help: "Do not start a daemon when none answers; exit with 69.")
    var noStart = false

    var location: Location { Location(home: home, socket: socket, configuration: config) }

    func launcher(_ console: Console) -> DaemonLauncher {
        DaemonLauncher(location: location, configuration: config, mayStart: !noStart, console: console)
    }
}

/// The options of every command that prints a result.
struct CommonOptions: ParsableArguments {
    @Flag(help: "Print one JSON document; errors too, as {\"error\": {\"kind\", \"message\"}}.")
    var json = false

    @OptionGroup(title: "Daemon options")
    var connection: ConnectionOptions

    var console: Console { .standard }
    var report: Report { Report(console: console, json: json) }

    /// Connects to the daemon, starting one where that is needed and allowed.
    func withClient<Result>(_ body: (SquireClient) async throws -> Result) async throws -> Result {
        try await connection.launcher(console).withClient(body)
    }
}
