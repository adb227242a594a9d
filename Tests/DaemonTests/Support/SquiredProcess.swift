import Foundation
import JSONRPC
import SquireClient
import Synchronization
import Testing

/// A real `squired`, from the folder the tests were built in.
final class SquiredProcess: Sendable {
    let home: String
    private let process: RunningProgram

    var socket: String { home + "/squire.sock" }
    var pid: Int32 { process.pid }
    /// What it has logged.
    var log: String { process.errorText }

    /// Starts it on a home and waits until it is ready.
    ///
    /// - Parameter settings: environment variables, such as `SQUIRE_MODEL_PATH`.
    static func start(home: String, settings: [String: String] = [:]) async throws -> SquiredProcess {
        let program = try await RunningProgram.start(arguments(home), environment: environment(settings))
        guard await program.waitForError(containing: "] ready") else {
            throw Failure(description: "squired did not get ready:\n\(program.errorText)")
        }
        return SquiredProcess(home: home, process: program)
    }

    /// Starts it where it is not to get ready, and waits until it has ended.
    static func run(
        home: String, arguments more: [String] = [], settings: [String: String] = [:]
    ) async throws -> (status: Int32, error: String) {
        let program = try await RunningProgram.start(arguments(home) + more, environment: environment(settings))
        return (await program.waitForEnd(), program.errorText)
    }

    /// Runs `body` with a daemon on a new home, which is stopped afterwards whatever happened.
    static func withDaemon<Result>(
        settings: [String: String] = [:], _ body: (SquiredProcess) async throws -> Result
    ) async throws -> Result {
        try await withHome { home in
            try await withDaemon(home: home, settings: settings, body)
        }
    }

    static func withDaemon<Result>(
        home: String, settings: [String: String] = [:], _ body: (SquiredProcess) async throws -> Result
    ) async throws -> Result {
        let daemon = try await start(home: home, settings: settings)
        do {
            let result = try await body(daemon)
            await daemon.end(with: SIGKILL)
            return result
        } catch {
            await daemon.end(with: SIGKILL)
            throw error
        }
    }

    /// Sends a signal and waits until the process has ended.
    ///
    /// - Returns: its exit status; for a signal that ended it, the signal's number.
    @discardableResult
    func end(with signal: Int32) async -> Int32 {
        process.send(signal)
        return await process.waitForEnd()
    }

    func withClient<Result>(_ body: (SquireClient) async throws -> Result) async throws -> Result {
        try await SquireClient.withClient(socket: socket, body)
    }

    func withConnection<Result>(_ body: (RPCConnection) async throws -> Result) async throws -> Result {
        try await RPCConnection.withConnection(to: socket, body)
    }

    private init(home: String, process: RunningProgram) {
        self.home = home
        self.process = process
    }

    private static func arguments(_ home: String) -> [String] {
        // A configuration of its own, so that the tests do not depend on the user's; with nothing in it unless the test
        // wrote something.
        let configuration = home + "/config.yaml"
        if !FileManager.default.fileExists(atPath: configuration) {
            _ = FileManager.default.createFile(atPath: configuration, contents: nil)
        }
        return ["--home", home, "--config", configuration]
    }

    private static func environment(_ settings: [String: String]) -> [String: String] {
        // Daemons run beside each other here, and threads that wait for a core hold up those that wait for them.
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SQUIRE_") || $0.key == "SQUIRE_CACHE" }
            .merging(["SQUIRE_MODEL_THREADS": "1"]) { _, one in one }
            .merging(settings) { _, setting in setting }
    }
}

/// Runs `body` with a new folder, whose path is short enough for sockets, and removes it afterwards.
func withHome<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let home = FileManager.default.temporaryDirectory.path + "/sq-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: home) }
    return try await body(home)
}

/// Returns once a condition holds of which no event tells; the suite's time limit bounds the waiting.
func eventually(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(20)) }
}

struct Failure: Error, CustomStringConvertible {
    var description: String
}
