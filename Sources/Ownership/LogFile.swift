import Core
import Foundation

/// A log that is appended to, and begins anew when it is large: what was in it is kept until the next time.
package struct LogFile: Sendable {
    package let path: String
    /// Bytes from which a new one is begun.
    package let limit: Int

    package init(path: String, limit: Int = 8 << 20) {
        self.path = path
        self.limit = limit
    }

    /// Where the one before is.
    package var earlier: String { path + ".1" }

    /// Opens it for adding to its end, made for this user alone where it is missing. A device, such as `/dev/null`, serves too.
    ///
    /// - Returns: a descriptor, which is the caller's to close and is closed in children.
    /// - Throws: `foreign`, `link`, `kind`, `failed`.
    package func open() throws(OwnershipError) -> CInt {
        // Not blocking: a pipe that was put there would keep whoever opens it waiting for its other end.
        let file = unsafe Foundation.open(
            path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600 as mode_t)
        guard file >= 0 else {
            if errno == ELOOP { throw OwnershipError.link(path) }
            throw OwnershipError(.failed, StorageProblem.sentence(errno, path: path))
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

    /// Moves the log away if it is large.
    ///
    /// - Parameter descriptors: those that are open on the log go on with the new one; others are left alone.
    package func rotateIfLarge(_ descriptors: [CInt] = []) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_size > limit else { return }
        let facts = FileFacts(status)
        guard facts.isFile else { return }
        let writing = descriptors.filter { FileFacts(descriptor: $0)?.isSame(as: facts) == true }
        // Another program's log is not moved away under it.
        guard descriptors.isEmpty || !writing.isEmpty, unsafe rename(path, earlier) == 0 else { return }
        guard !writing.isEmpty, let new = try? open() else { return }
        for descriptor in writing { _ = dup2(new, descriptor) }
        close(new)
    }
}
