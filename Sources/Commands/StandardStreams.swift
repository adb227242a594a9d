import Foundation

/// The three descriptors that every program takes for granted.
enum StandardStreams {
    /// Opens what the caller closed (`<&-`, `>&-`). The next file or socket that is opened would take the free number, and
    /// would be read as standard input or written as standard output.
    ///
    /// Standard input is empty then; what is written to a closed standard output fails, as it must be noticed.
    static func open() {
        for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            // The lowest free number is this one, since those below were seen to.
            _ = unsafe Foundation.open("/dev/null", mode)
        }
    }
}
