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

    /// Moves the log away if it is large.
    ///
    /// - Parameter descriptors: those that are open on the log go on with the new one; others are left alone.
    package func rotateIfLarge(_ descriptors: [CInt] = []) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > limit else {
            return
        }
        let writing = descriptors.filter { descriptor in
            var own = stat()
            return unsafe fstat(descriptor, &own) == 0 && own.st_ino == status.st_ino && own.st_dev == status.st_dev
        }
        // Another program's log is not moved away under it.
        guard descriptors.isEmpty || !writing.isEmpty, unsafe rename(path, earlier) == 0 else { return }
        guard !writing.isEmpty else { return }
        let new = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard new >= 0 else { return }
        for descriptor in writing { _ = dup2(new, descriptor) }
        close(new)
    }
}
