import ArgumentParser
import Core
import SquireClient
import SquireProtocol

struct DaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daemon",
        abstract: "Start and stop squired.",
        discussion: "Other commands start it by themselves when they need it.",
        subcommands: [Start.self, Stop.self, StatusCommand.self])

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start the daemon in the background, unless it is running.",
            discussion: "It logs to squired.log in its home.")

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let launcher = common.connection.launcher(common.console)
            let isNew = try await !launcher.isRunning()
            let status = try await launcher.withClient { try await $0.call(Status.self) }
            try common.report(status) {
                "squired \(isNew ? "runs" : "was running already"), pid \(status.pid), on \(status.socket).\n"
            }
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop the daemon and wait until it is gone.",
            discussion: "Running answers get a moment to finish, and are stored as far as they came.")

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let launcher = common.connection.launcher(common.console)
            guard try await launcher.isRunning() else {
                try common.report(["stopped": false]) { "squired is not running.\n" }
                return
            }
            let pid = try await SquireClient.withClient(socket: launcher.location.socket) {
                try await $0.call(Status.self).pid
            }
            try await DaemonProcess(pid: pid).stop()
            try common.report(["stopped": JSONValue.bool(true), "pid": .integer(pid)]) {
                "Stopped squired, pid \(pid).\n"
            }
        }
    }
}
