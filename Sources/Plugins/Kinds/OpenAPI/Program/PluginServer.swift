import Confinement
import Core
import Foundation
import Logging
import Ownership
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
    let command: [String]
    /// Where the program is looked for first: the manifest's folder.
    let folder: String?
    let permissions: ProgramPermissions
    private let runtimeFolder: String
    private let protected: [String]
    private let logger: Logger
    private let startLimit: Duration
    private var state = State.stopped
    private var starts: [ContinuousClock.Instant] = []
    /// How programs ended before they listened, by socket, until the start that waits for them asks.
    private var endings: [String: String] = [:]
    /// How the last one that ended did so.
    private var lastEnding: String?

    private static let startsAMinute = 5
    private static let lookInterval = Duration.milliseconds(5)
    /// Of all servers' sockets: names that begin alike share none.
    private static let lastNumber = Atomic<Int>(0)

    /// - Parameters:
    ///   - command: the program and its arguments, `{socket}` standing for the socket.
    ///   - permissions: what the program may do beside that.
    ///   - runtimeFolder: where sockets are made; its path must be short (a socket's may have 107 bytes).
    ///   - protected: files and folders that the program may not read, whatever it was permitted.
    ///   - startLimit: how long the program may take until it listens; longer where this process itself hardly runs.
    init(
        name: String, command: [String], folder: String?, permissions: ProgramPermissions = ProgramPermissions(),
        runtimeFolder: String, protected: [String] = [], logger: Logger, startLimit: Duration = .seconds(5)
    ) {
        self.name = name
        self.command = command
        self.folder = folder
        self.permissions = permissions
        self.protected = protected
        self.runtimeFolder = runtimeFolder
        self.logger = logger
        self.startLimit = startLimit
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

    /// Looks, after a call that failed, whether anything answers on the socket still; if not, the next call starts the
    /// program again. One that answers is left alone: other calls may be under way.
    func isDead(socket: String) {
        guard case .running(socket, let program) = state, !SocketPlace.answers(socket) else { return }
        program.cancel()
        state = .stopped
    }

    /// Ends the program and returns when it has ended.
    func stop() async {
        // Whoever calls it after that begins anew, also where it did not keep running before.
        starts = []
        switch state {
        case .stopped: break
        case .starting(let task):
            _ = try? await task.value
            if case .running = state { await stop() }
        case .running(_, let program):
            state = .stopped
            program.cancel()
            await program.value
        }
    }

    private func start() async throws -> String {
        let now = ContinuousClock.now
        starts = starts.filter { now - $0 < .seconds(60) }
        guard starts.count < Self.startsAMinute else {
            throw PluginError(
                .serverFailed,
                "\(name)'s server was started \(starts.count) times within a minute and did not keep running\(lastEnding.map { "; the last time \($0)" } ?? ""); fix it, then call again in a minute"
            )
        }
        starts.append(now)
        guard let program = Self.find(command[0], besides: folder) else {
            throw PluginError(
                .serverFailed,
                "\(name)'s program \"\(command[0])\" is neither beside squired, nor in the manifest's folder, nor in PATH"
            )
        }
        let confiner: Confiner
        do throws(ConfinementError) {
            confiner = try Confiner.installed()
        } catch {
            throw PluginError(.serverFailed, "\(name)'s server was not started: \(error.message)", cause: error)
        }
        let socket = try newSocket()
        let arguments = command.dropFirst().map { $0.replacing("{socket}", with: socket) }
        let scratch = (socket as NSString).deletingLastPathComponent
        let confined = confiner.command(
            Self.confinement(
                of: program, folder: folder, permissions: permissions, scratch: scratch, protected: protected),
            running: program, Array(arguments))
        let running = run(confined.program, confined.arguments, socket: socket)
        // Looks are counted, not the clock's time: where this process hardly runs, the program hardly runs either.
        var looks = 0
        while !SocketPlace.answers(socket) {
            if let ending = endings.removeValue(forKey: socket) {
                throw PluginError(.serverFailed, "\(name)'s server (\(program)) did not start: \(ending)")
            }
            looks += 1
            guard looks <= Int(startLimit / Self.lookInterval) else {
                running.cancel()
                await running.value
                endings[socket] = nil
                throw PluginError(
                    .serverFailed,
                    "\(name)'s server (\(program)) did not listen on its socket within \(startLimit / .seconds(1)) s"
                )
            }
            try await Task.sleep(for: Self.lookInterval)
        }
        logger.info("plugin server started", metadata: ["plugin": "\(name)", "socket": "\(socket)"])
        state = .running(socket: socket, program: running)
        return socket
    }

    /// A path nobody has listened at, in a new folder of the program's own, which is also its home and the place of its
    /// temporary files: a server that is still ending removes its own socket, be it one of this daemon's or of one that was
    /// killed. At most 34 bytes are added to the runtime folder's.
    private func newSocket() throws -> String {
        let daemon = String(ProcessInfo.processInfo.processIdentifier, radix: 36)
        let number = String(Self.lastNumber.add(1, ordering: .relaxed).newValue, radix: 36)
        let scratch = "\(runtimeFolder)/\(name.prefix(12))-\(daemon)-\(number)"
        try FileManager.default.createDirectory(
            atPath: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return "\(scratch)/s"
    }

    private func run(_ program: String, _ arguments: [String], socket: String) -> Task<Void, Never> {
        // It goes on after the request that it was started for.
        RequestScope.$id.withValue(nil) { running(program, arguments, socket: socket) }
    }

    private func running(_ program: String, _ arguments: [String], socket: String) -> Task<Void, Never> {
        Task {
            var options = PlatformOptions()
            // Cancelling ends it gently first.
            options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
            let said = LastWords()
            let environment = ChildEnvironment.make(
                folder: (socket as NSString).deletingLastPathComponent, handingOn: permissions.environment)
            var ending: String
            do {
                // Its standard input stays open as long as the daemon lives: a server that watches it ends with the
                // daemon, however that ends.
                let result = try await Subprocess.run(
                    .path(FilePath(program)), arguments: Arguments(arguments),
                    environment: .custom(ChildEnvironment.bytes(environment)),
                    // What a command names without a folder lies beside the manifest.
                    workingDirectory: FilePath(folder ?? "/"), platformOptions: options,
                    input: .inputWriter, output: .discarded, error: .sequence
                ) { execution in
                    // Its standard error ends when it does.
                    for try await bytes in execution.standardError {
                        said.add(unsafe bytes.withUnsafeBytes { unsafe Array($0) })
                    }
                }
                ending = Self.text(result.terminationStatus)
            } catch {
                ending = "\(error)"
            }
            ended(socket, said.text.isEmpty ? ending : "\(ending), having said: \(said.text)")
        }
    }

    private func ended(_ socket: String, _ ending: String) {
        lastEnding = ending
        // The program's own folder, with its socket: one that was killed could not take it away itself.
        try? FileManager.default.removeItem(atPath: (socket as NSString).deletingLastPathComponent)
        switch state {
        case .running(socket, _):
            logger.warning("plugin server ended", metadata: ["plugin": "\(name)", "ending": "\(ending)"])
            state = .stopped
        case .starting: endings[socket] = ending
        default: break
        }
    }

    private static func text(_ status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "it ended with status \(code)"
        case .signaled(let signal): "it was ended by signal \(signal)"
        }
    }

    /// Beside the daemon's own program, in the manifest's folder, in PATH.
    private static func find(_ program: String, besides folder: String?) -> String? {
        if program.hasPrefix("/") { return FileManager.default.isExecutableFile(atPath: program) ? program : nil }
        let path = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        return ([OwnProgram.folder] + [folder].compactMap { $0 } + path).lazy.map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// The end of what a program said, for error messages.
private final class LastWords: Sendable {
    // Locked since the program's run adds what its end then reads.
    private let bytes = Mutex<[UInt8]>([])

    func add(_ more: [UInt8]) {
        bytes.withLock { bytes in
            bytes += more
            // However long its lines are, it takes no more memory than this.
            if bytes.count > 1024 { bytes.removeFirst(bytes.count - 1024) }
        }
    }

    /// Its last three lines.
    var text: String {
        bytes.withLock { String(decoding: $0, as: UTF8.self) }.split(whereSeparator: \.isNewline).suffix(3)
            .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " / ")
    }
}
