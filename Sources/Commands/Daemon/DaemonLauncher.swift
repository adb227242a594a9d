import Foundation
import JSONRPC
import Ownership
import SquireClient
import SquireProtocol

/// Connects to the daemon, and starts it where it does not run.
struct DaemonLauncher: Sendable {
    var location: Location
    /// A configuration file that was named, for a daemon that is started.
    var configuration: String?
    var mayStart: Bool
    var console: Console
    /// How long a daemon may take from its start to its first answer. Loading the model is not part of it.
    var patience = Duration.seconds(20)

    /// Connects for as long as `body` runs.
    ///
    /// - Throws: `noDaemon` where none answers and none may be started; `daemonNotStarted`; what connecting or `body`
    ///   throws.
    func withClient<Result>(
        onNotification: @escaping @Sendable (RPCNotification) -> Void = { _ in },
        _ body: (SquireClient) async throws -> Result
    ) async throws -> Result {
        guard !location.isConfigurationNamed || FileManager.default.fileExists(atPath: location.configuration) else {
            throw CommandError(.usage, "There is no configuration file \(location.configuration).")
        }
        if try await !isRunning() {
            guard mayStart else {
                throw CommandError(
                    .noDaemon,
                    "squired is not running: nothing answers on \(location.socket). Start it with: squire daemon start")
            }
            try await start()
        }
        do {
            return try await SquireClient.withClient(socket: location.socket, onNotification: onNotification, body)
        } catch let error as RPCConnectionError where error.code == .closed {
            throw CommandError(
                .daemonEnded,
                "squired ended before it had answered; what was asked is kept. \(location.home)/squired.log may say why, "
                    + "and the next command starts it again.", cause: error)
        }
    }

    /// Whether a daemon listens.
    ///
    /// - Throws: what keeps from finding out, such as a socket that belongs to another user.
    func isRunning() async throws -> Bool {
        do {
            try await SquireClient.withClient(socket: location.socket) { _ in }
            return true
        } catch let error as RPCConnectionError where error.code == .nobodyListens {
            return false
        }
    }

    private func start() async throws {
        let program = try Self.program()
        let log = location.home + "/squired.log"
        do throws(OwnershipError) {
            // Made where it is missing. In one that others can write, the log could be anything.
            _ = try OwnFolder.open(location.home, as: "the home")
        } catch {
            throw CommandError(.daemonNotStarted, "squired was not started: \(error.message).", cause: error)
        }
        LogFile(path: log).rotateIfLarge()
        var arguments = ["--home", location.home, "--socket", location.socket]
        if configuration != nil { arguments += ["--config", location.configuration] }
        console.err(console.errStyle.quiet("Starting squired; it writes to \(log).") + "\n")
        let before = Self.size(of: log)
        let process = try DetachedProcess.start(program, arguments, log: log)

        let clock = ContinuousClock()
        var deadline = clock.now + patience
        var end: String?
        while clock.now < deadline {
            if await Self.answers(location.socket) { return }
            if end == nil, let status = process.exitStatus() {
                end = status
                // Another squire may have started one at the same moment, which holds the home now and is soon ready.
                let isHeld = Self.end(of: log, after: before).contains("already running")
                deadline = min(deadline, clock.now + (isHeld ? patience : .seconds(1)))
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        let said = Self.end(of: log, after: before)
        throw CommandError(.daemonNotStarted, DaemonEnd(how: end, said: said, home: location.home, log: log).message)
    }

    /// Whether a daemon that was started answers by now. It says nothing when it is ready, so that it is asked.
    static func answers(_ socket: String) async -> Bool {
        do {
            _ = try await SquireClient.withClient(socket: socket) { try await $0.call(Ping.self, timeout: .seconds(2)) }
            return true
        } catch {
            return false
        }
    }

    /// `squired`, beside this program, else on the search path.
    static func program() throws -> String {
        var folders: [String] = []
        if let own = Bundle.main.executableURL {
            folders.append(own.resolvingSymlinksInPath().deletingLastPathComponent().path)
        }
        folders += (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        for folder in folders where FileManager.default.isExecutableFile(atPath: folder + "/squired") {
            return folder + "/squired"
        }
        throw CommandError(
            .daemonNotStarted,
            "squired was found neither beside squire nor on the PATH. Install both, or start squired yourself.")
    }

    private static func size(of path: String) -> UInt64 {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64) ?? 0
    }

    /// The last lines that a log got after it had `size` bytes, for an error message.
    static func end(of path: String, after size: UInt64) -> String {
        guard let log = FileHandle(forReadingAtPath: path), (try? log.seek(toOffset: size)) != nil,
            let data = try? log.readToEnd()
        else { return "" }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").suffix(8).joined(separator: "\n")
    }
}
