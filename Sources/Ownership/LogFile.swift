import Foundation

/// A file that is only ever added to.
package enum LogFile {
    /// Opens it for adding to its end, made for this user alone where it is missing. A device, such as `/dev/null`, serves too.
    ///
    /// - Returns: a descriptor, which is the caller's to close and is closed in children.
    /// - Throws: `foreign`, `link`, `kind`, `failed`.
    package static func open(_ path: String) throws(OwnershipError) -> CInt {
        // Not blocking: a pipe that was put there would keep whoever opens it waiting for its other end.
        let file = unsafe Foundation.open(
            path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600 as mode_t)
        guard file >= 0 else {
            if errno == ELOOP { throw OwnershipError.link(path) }
            throw .failed("open", path, errno)
        }
        var problem: OwnershipError?
        if let facts = FileFacts(descriptor: file) {
            if facts.isFile { problem = facts.problem(at: path) }
            if facts.mode & S_IFMT == S_IFIFO {
                problem = OwnershipError(.kind, "\(path) is a pipe, where a file should be; move it away")
            }
        } else {
            problem = .failed("look at", path, errno)
        }
        if let problem {
            close(file)
            throw problem
        }
        _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK)
        return file
    }
}
