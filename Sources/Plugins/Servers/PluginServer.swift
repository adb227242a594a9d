import Core
import Foundation
import Logging
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A plugin's own server: a program on a Unix socket of its own, started when it is first needed and started again when
/// it has died.
actor PluginServer {
    private enum State {
        case stopped
        case starting(Task<String, any Error>)
        case running(socket: String, program: Task<Void, Never>)
    }

    private let name: String
    private let command: [String]
    /// Where the program is looked for first: the manifest's folder.
    private let folder: String?
    private let runtimeFolder: String
    private let logger: Logger
    private var state = State.stopped
    private var starts: [ContinuousClock.Instant] = []
    private var number = 0

    private static let startLimit = Duration.seconds(5)
    private static let startsAMinute = 5

    /// - Parameters:
    ///   - command: the program and its arguments, `{socket}` standing for the socket.
    ///   - runtimeFolder: where sockets are made; its path must be short (a socket's may have 107 bytes).
    init(name: String, command: [String], folder: String?, runtimeFolder: String, logger: Logger) {
        self.name = name
        self.command = command
        self.folder = folder
        self.runtimeFolder = runtimeFolder
        self.logger = logger
    }

    /// The socket it listens on; starts it where it does not run.
    ///
    /// - Throws: `pluginServerFailed`.
    func socket() async throws -> String {
        switch state {
        case .running(let socket, _): return socket
        case .starting(let task): return try await task.value
        case .stopped:
            let task = Task { try await start() }
            state = .starting(task)
            do {
                return try await task.value
            } catch {
                state = .stopped
                throw error
            }
        }
    }

    /// Takes note that nothing answers on a socket, so that the next call starts the program again.
    func isDead(socket: String) {
        guard case .running(socket, let program) = state else { return }
        program.cancel()
        state = .stopped
    }

    /// Ends the program and returns when it has ended.
    func stop() async {
        switch state {
        case .stopped: break
        case .starting(let task):
            _ = try? await task.value
            if case .running = state { await stop() }
        case .running(let socket, let program):
            state = .stopped
            program.cancel()
            await program.value
            try? FileManager.default.removeItem(atPath: socket)
        }
    }

    private func start() async throws -> String {
        let now = ContinuousClock.now
        starts = starts.filter { now - $0 < .seconds(60) } + [now]
        guard starts.count <= Self.startsAMinute else {
            throw PluginError(
                .serverFailed, "\(name)'s server died \(Self.startsAMinute) times within a minute; see the daemon's log"
            )
        }
        // A new socket each time: a server that is still ending removes its own.
        number += 1
        let socket = "\(runtimeFolder)/\(name.prefix(24))-\(number).sock"
        try FileManager.default.createDirectory(
            atPath: runtimeFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try? FileManager.default.removeItem(atPath: socket)
        guard let program = Self.find(command[0], besides: folder) else {
            throw PluginError(
                .serverFailed,
                "\(name)'s program \"\(command[0])\" is neither beside squired, nor in the manifest's folder, nor in PATH"
            )
        }
        let arguments = command.dropFirst().map { $0.replacing("{socket}", with: socket) }
        let running = run(program, Array(arguments), socket: socket)
        let deadline = now + Self.startLimit
        while !UnixSocketProbe.answers(socket) {
            guard .now < deadline, !lastWords.keys.contains(socket) else {
                running.cancel()
                await running.value
                let said = lastWords.removeValue(forKey: socket) ?? "it did not listen within \(Self.startLimit)"
                throw PluginError(.serverFailed, "\(name)'s server (\(program)) did not start: \(said)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        logger.info("plugin server started", metadata: ["plugin": "\(name)", "socket": "\(socket)"])
        state = .running(socket: socket, program: running)
        return socket
    }

    /// How programs that ended did so, by socket, until somebody asks.
    private var lastWords: [String: String] = [:]

    private func run(_ program: String, _ arguments: [String], socket: String) -> Task<Void, Never> {
        Task {
            var options = PlatformOptions()
            // Cancelling ends it gently first.
            options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
            let said = LastLines()
            var ending: String
            do {
                // Its standard input stays open as long as the daemon lives: a server that watches it ends with the
                // daemon, however that ends.
                let result = try await Subprocess.run(
                    .path(FilePath(program)), arguments: Arguments(arguments), platformOptions: options,
                    input: .inputWriter,
                    output: .discarded, error: .sequence
                ) { execution in
                    // Its standard error ends when it does.
                    for try await line in execution.standardError.strings() { said.add(line) }
                }
                ending =
                    "it ended with \(result.terminationStatus)\(said.text.isEmpty ? "" : ", having said: \(said.text)")"
            } catch {
                ending = "\(error)"
            }
            ended(socket, ending)
        }
    }

    private func ended(_ socket: String, _ ending: String) {
        if case .running(socket, _) = state {
            logger.warning("plugin server ended", metadata: ["plugin": "\(name)", "ending": "\(ending)"])
            state = .stopped
        } else if case .starting = state {
            lastWords[socket] = ending
        }
    }

    /// Beside the daemon's own program, in the manifest's folder, in PATH.
    private static func find(_ program: String, besides folder: String?) -> String? {
        if program.hasPrefix("/") { return FileManager.default.isExecutableFile(atPath: program) ? program : nil }
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let ownFolder = (own as NSString).deletingLastPathComponent
        let path = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        return ([ownFolder] + [folder].compactMap { $0 } + path).lazy.map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// The last of what a program said, for its error message.
private final class LastLines: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) {
        lines.withLock { lines in
            lines.append(line.trimmingCharacters(in: .whitespacesAndNewlines))
            if lines.count > 3 { lines.removeFirst() }
        }
    }

    var text: String { lines.withLock { $0.joined(separator: " / ") } }
}
