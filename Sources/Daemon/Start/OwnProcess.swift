import Confinement
import Foundation

/// What this process does for itself before anything else.
package enum OwnProcess {
    /// Makes the process ready to hold what is private: the files it makes are its user's alone, nobody looks into its
    /// memory, and what cannot be written to its standard error is lost and no more.
    ///
    /// Called before anything is opened: a file that came to have the number of a standard descriptor that was closed would
    /// be written the log into.
    package static func prepare() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            guard fcntl(descriptor, F_GETFD) == -1, errno == EBADF else { continue }
            // Takes the lowest number that is free, which is this one: those below it are open by now.
            _ = unsafe open("/dev/null", O_RDWR)
        }
        // Whoever read the log or asked may be gone; that is an error of one write, not the end of the daemon.
        signal(SIGPIPE, SIG_IGN)
        umask(0o077)
        ProcessSeal.close()
    }

    /// Says something on standard error, or another descriptor, where that can be written.
    package static func say(_ text: String, to descriptor: CInt = STDERR_FILENO) {
        var rest = Array("\(text)\n".utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            // Full, closed, or nobody reads it: there is no other place to say it.
            guard count > 0 || (count == -1 && errno == EINTR) else { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
