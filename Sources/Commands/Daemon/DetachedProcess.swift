import Foundation
import Ownership

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A process in a session of its own, that lives on when this one and its terminal are gone.
struct DetachedProcess {
    let pid: pid_t

    #if canImport(Darwin)
        private static let newSession = POSIX_SPAWN_SETSID
    #else
        /// `POSIX_SPAWN_SETSID`, which glibc's and musl's spawn.h show only to GNU sources.
        private static let newSession: CInt = 0x80
    #endif

    /// Starts a program with nothing of this process but its environment: no standard input, both outputs appended
    /// to `log` (made with mode 0600), no other descriptors, signals as at first.
    ///
    /// - Throws: `daemonNotStarted`.
    static func start(_ program: String, _ arguments: [String], log: String) throws -> DetachedProcess {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = unsafe posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }

        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        let output: CInt
        do throws(OwnershipError) {
            output = try LogFile(path: log).open()
        } catch {
            let advice = error.code == .failed ? " Choose another home with --home or SQUIRE_HOME." : ""
            throw CommandError(.daemonNotStarted, "squired cannot be started: \(error.message).\(advice)")
        }
        defer { close(output) }
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | newSession))
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        keepDescriptors()

        let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
        var pid: pid_t = 0
        let code = unsafe withCStrings([program] + arguments) { arguments in
            unsafe withCStrings(environment) { environment in
                unsafe posix_spawn(&pid, program, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else {
            throw CommandError(
                .daemonNotStarted, "\(program) could not be started: \(unsafe String(cString: strerror(code))).")
        }
        return DetachedProcess(pid: pid)
    }

    /// How it ended (`exit status 3`, `signal 9`); nil while it runs. To be asked until it has ended, then no more.
    func exitStatus() -> String? {
        var status: CInt = 0
        guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
        // wait(2): the low seven bits are the signal, the next byte is the status.
        return status & 0x7f == 0 ? "exit status \(status >> 8 & 0xff)" : "signal \(status & 0x7f)"
    }

    /// Keeps every descriptor but the standard ones from a program that is started: one that holds the other end of a
    /// pipe this process was given would never let its reader see the end.
    private static func keepDescriptors() {
        for descriptor in STDERR_FILENO + 1..<1024 {
            // Fails where the descriptor is not open.
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    /// Runs `body` with a null-terminated array of C strings.
    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe pointers.withUnsafeBufferPointer { buffer in
            // Never empty: it holds at least the nil.
            unsafe body(buffer.baseAddress!)
        }
    }
}
