package import Foundation

/// A file for its owner alone.
package enum PrivateFile {
    /// Writes a file whole or not at all, in place of what is there. It is on disk when this returns.
    ///
    /// - Parameter draft: where it is written first, in the same folder; nothing may be there.
    /// - Throws: the system's reason.
    package static func write(_ text: String, to path: String, by draft: String) throws(POSIXError) {
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600 as mode_t)
        guard descriptor >= 0 else { throw reason() }
        defer { close(descriptor) }
        do throws(POSIXError) {
            var left = Array(text.utf8)[...]
            while !left.isEmpty {
                let count = unsafe left.withUnsafeBytes {
                    unsafe Foundation.write(descriptor, $0.baseAddress, $0.count)
                }
                guard count >= 0 else {
                    if errno == EINTR { continue }
                    throw reason()
                }
                left = left.dropFirst(count)
            }
            guard fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0, unsafe rename(draft, path) == 0 else {
                throw reason()
            }
        } catch {
            unsafe unlink(draft)
            throw error
        }
    }

    private static func reason() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
