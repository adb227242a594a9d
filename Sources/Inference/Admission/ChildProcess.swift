import Core
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A process that tries something: with hardly any environment, in a session of its own, and with an end of its standard
/// input that comes with ours.
struct ChildProcess: ~Copyable {
    enum End: Sendable, Hashable {
        case exited(Int32)
        case signaled(Int32)
        /// It was ended.
        case late
    }

    private let pid: pid_t
    /// What it writes.
    private let output: CInt
    /// The other end of its standard input: it ends with this process, however that ends.
    private let input: CInt

    /// From being asked to end to being killed; squire-confine takes a second and a half.
    private static let patience = Duration.seconds(2)

    private static let environment = ["HOME", "PATH", "TMPDIR", "LD_LIBRARY_PATH", "LANG"]

    /// Starts a program. What it may do is for it to limit (`ModelTrialProgram`), or for what it is started through.
    ///
    /// - Throws: `modelFailed`.
    static func start(_ program: String, _ arguments: [String]) throws(InferenceError) -> ChildProcess {
        let (reading, writing) = (try pipe(), try pipe())
        var variables = ProcessInfo.processInfo.environment.filter { Self.environment.contains($0.key) }
        // Address space is limited; glibc reserves much of it for each thread otherwise.
        variables["MALLOC_ARENA_MAX"] = "2"
        // How it ended is enough; writing down where takes a minute on a busy machine.
        variables["SWIFT_BACKTRACE"] = "enable=no"
        // ggml starts a debugger for that.
        variables["GGML_NO_BACKTRACE"] = "1"
        defer {
            close(reading.write)
            close(writing.read)
        }
        do throws(ProgramSpawn.Failure) {
            let pid = try unsafe ProgramSpawn.start(program, arguments, environment: variables) { actions in
                unsafe posix_spawn_file_actions_adddup2(&actions, writing.read, STDIN_FILENO)
                unsafe posix_spawn_file_actions_adddup2(&actions, reading.write, STDOUT_FILENO)
                unsafe posix_spawn_file_actions_adddup2(&actions, reading.write, STDERR_FILENO)
            }
            return ChildProcess(pid: pid, output: reading.read, input: writing.write)
        } catch {
            close(reading.read)
            close(writing.write)
            throw failure("started", error.number)
        }
    }

    private init(pid: pid_t, output: CInt, input: CInt) {
        self.pid = pid
        self.output = output
        self.input = input
    }

    deinit {
        close(output)
        close(input)
    }

    /// Waits until it has ended, and ends it when it is late.
    ///
    /// - Parameter most: bytes of the end of what it writes that are given back.
    func wait(atMost limit: Duration, keeping most: Int) -> (End, output: String) {
        var end = ContinuousClock.now + limit
        var bytes: [UInt8] = []
        var isLate = false
        reading: while true {
            let left = max(0, (end - .now) / .milliseconds(1))
            if left == 0 {
                if isLate { break }
                isLate = true
                // Asked first: squire-confine then ends all that its program started, and closes the output by its own end.
                kill(pid, SIGTERM)
                end = .now + Self.patience
                continue
            }
            var poll = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let ready = Self.poll(&poll, Int32(min(left, 1000)))
            guard ready > 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(output, $0.baseAddress, $0.count) }
            guard count > 0 else { break reading }
            bytes = Array((bytes + buffer[..<count]).suffix(most))
        }
        // Also what it started, and also where it closed its outputs and goes on.
        kill(-pid, SIGKILL)
        if isLate { kill(pid, SIGKILL) }
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let text = String(decoding: bytes, as: UTF8.self)
        if isLate { return (.late, text) }
        let signal = status & 0x7f
        return (signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal), text)
    }

    /// `poll`, whose name a variable has.
    private static func poll(_ descriptor: inout pollfd, _ milliseconds: Int32) -> Int32 {
        #if canImport(Glibc)
            unsafe Glibc.poll(&descriptor, 1, milliseconds)
        #elseif canImport(Musl)
            unsafe Musl.poll(&descriptor, 1, milliseconds)
        #else
            unsafe Darwin.poll(&descriptor, 1, milliseconds)
        #endif
    }

    /// Two ends of which no other child gets one. Sockets, since they can be made so in one step.
    private static func pipe() throws(InferenceError) -> (read: CInt, write: CInt) {
        var ends: [CInt] = [-1, -1]
        #if os(Linux)
            let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw failure("given a pipe", errno) }
        #if !os(Linux)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #endif
        return (ends[0], ends[1])
    }

    private static func failure(_ what: String, _ code: CInt) -> InferenceError {
        InferenceError(
            .modelFailed,
            "the process that tries a model could not be \(what): \(unsafe String(cString: strerror(code)))")
    }
}
