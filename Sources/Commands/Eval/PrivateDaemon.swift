import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A squired of this program's own: on a home that is made for it and removed with it, and otherwise as the user has
/// configured squired.
struct PrivateDaemon: Sendable {
    /// The chat model's file, in place of the configured one.
    var modelPath: String?
    /// How long it may take from its start to its first answer. Loading the model is not part of it.
    var patience = Duration.seconds(20)

    /// Runs `body` with a client of the daemon, and returns when the daemon has ended. It ends also when the task is
    /// cancelled or this program dies.
    ///
    /// - Throws: `daemonNotStarted`, `daemonEnded`, what `body` throws.
    func withClient<Result: Sendable>(_ body: (SquireClient) async throws -> Result) async throws -> Result {
        // A socket's path must be short.
        let home = FileManager.default.temporaryDirectory.appending(path: "squire-eval-\(UUID().uuidString.prefix(8))")
            .path
        try FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: home) }
        let log = try FileDescriptor.open(
            FilePath(home + "/squired.log"), .writeOnly, options: [.create, .append], permissions: [.ownerReadWrite])
        defer { try? log.close() }

        var options = PlatformOptions()
        // Control-C is for this program, which then ends the other.
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))]
        return try await Subprocess.run(
            .path(FilePath(try DaemonLauncher.program())),
            arguments: ["--private", "--home", home, "--socket", home + "/squire.sock"],
            environment: .inherit.updating(environment), platformOptions: options, input: .inputWriter,
            output: .fileDescriptor(log, closeAfterSpawningProcess: false),
            error: .fileDescriptor(log, closeAfterSpawningProcess: false)
        ) { execution in
            let result = try await use(home, pid: Int(execution.processIdentifier.value), body)
            await execution.teardown(using: options.teardownSequence)
            return result
        }.closureResult
    }

    /// What stands before the user's configuration.
    private var environment: [Environment.Key: String?] {
        // What was read once is of no use to anybody later.
        var variables: [Environment.Key: String?] = ["SQUIRE_MODEL_PREFIX_MEGABYTES": "0"]
        if let modelPath { variables["SQUIRE_MODEL_PATH"] = modelPath }
        return variables
    }

    private func use<Result>(
        _ home: String, pid: Int, _ body: (SquireClient) async throws -> Result
    ) async throws -> Result {
        let socket = home + "/squire.sock"
        func said() -> String { "It said:\n\(DaemonLauncher.end(of: home + "/squired.log", after: 0))" }
        let deadline = ContinuousClock.now + patience
        while await !DaemonLauncher.answers(socket) {
            guard DaemonProcess(pid: pid).isRunning else {
                throw CommandError(.daemonNotStarted, "The private squired ended at once. \(said())")
            }
            guard ContinuousClock.now < deadline else {
                throw CommandError(
                    .daemonNotStarted, "The private squired did not answer within \(patience). \(said())")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        do {
            return try await SquireClient.withClient(socket: socket, body)
        } catch let error as RPCConnectionError where !Task.isCancelled {
            throw CommandError(.daemonEnded, "\(error.message) \(said())", cause: error)
        }
    }
}
