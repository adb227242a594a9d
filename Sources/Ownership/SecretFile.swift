package import Foundation

/// A file that says what a program does, or holds a secret, and that others therefore must not write, or not read.
package enum SecretFile {
    /// - Parameter what: what it is, for messages: `the configuration`.
    /// - Returns: its bytes and facts; nil where there is no file.
    /// - Throws: `foreign`, `open`, `kind`, `failed`.
    package static func read(
        _ path: String, as what: String
    ) throws(OwnershipError) -> (bytes: Data, facts: FileFacts)? {
        // Links are followed: many keep their configuration elsewhere. The file they lead to is what is looked at, and no
        // other can be put in its place.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw OwnershipError(
                .failed,
                "\(what) \(path) cannot be read: \(SystemText.error(errno)); it must be a file that this user may read"
            )
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard let facts = FileFacts(descriptor: descriptor) else { throw .failed("look at", path, errno) }
        // A device or a pipe that its owner gave by name (`--config /dev/stdin`) is not kept anywhere.
        if facts.isFolder { throw OwnershipError(.kind, "\(what) \(path) is a folder, where a file should be") }
        if facts.isFile {
            guard facts.isOwnOrRoot else {
                throw OwnershipError(
                    .foreign,
                    "\(what) \(path) belongs to another owner, \(User.name(facts.owner)), who could change what Squire does; make it your own with `chown \(User.own) \(path)`"
                )
            }
            guard facts.mode & 0o022 == 0 else {
                throw OwnershipError(
                    .open,
                    "\(what) \(path) is writable by others, who could change what Squire does; protect it with `chmod go-w \(path)`"
                )
            }
            try FolderTrust.check(
                URL(fileURLWithPath: path).deletingLastPathComponent().path, holding: "\(what) \(path)")
        }
        do {
            return (try handle.readToEnd() ?? Data(), facts)
        } catch {
            throw OwnershipError(.failed, "\(what) \(path) cannot be read: \(error.localizedDescription)", cause: error)
        }
    }
}
