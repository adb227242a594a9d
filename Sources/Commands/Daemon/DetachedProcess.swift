import Core
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

    /// Starts a program with nothing of this process but its environment: no standard input, both outputs appended
    /// to `log` (made with mode 0600), no other descriptors, signals as at first.
    ///
    /// - Throws: `daemonNotStarted`.
    static func start(_ program: String, _ arguments: [String], log: String) throws -> DetachedProcess {
        let output: CInt
        do throws(OwnershipError) {
            output = try LogFile(path: log).open()
        } catch {
            let advice = error.code == .failed ? " Choose another home with --home or SQUIRE_HOME." : ""
            throw CommandError(.daemonNotStarted, "squired cannot be started: \(error.message).\(advice)", cause: error)
        }
        defer { close(output) }
        keepDescriptors()
        do throws(ProgramSpawn.Failure) {
            let environment = ProcessInfo.processInfo.environment
            let pid = try unsafe ProgramSpawn.start(program, arguments, environment: environment) { actions in
                unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
                unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
                unsafe posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
            }
            return DetachedProcess(pid: pid)
        } catch {
            throw CommandError(
                .daemonNotStarted, "\(program) could not be started: \(unsafe String(cString: strerror(error.number)))."
            )
        }
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
}
