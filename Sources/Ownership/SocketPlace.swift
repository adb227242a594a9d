import Core
import Foundation

/// The place of a Unix socket that is to be made: nothing that is there is followed or replaced, but a dead socket of ours.
package enum SocketPlace {
    /// Looks whether a socket can be made at a path.
    ///
    /// - Returns: whether a socket of this user's is there, on which somebody may still listen.
    /// - Throws: `foreign`, `link`, `kind`.
    package static func check(_ path: String) throws(OwnershipError) -> Bool {
        guard let facts = FileFacts(at: path) else { return false }
        guard facts.isSocket else {
            throw OwnershipError(
                facts.isLink ? .link : .kind,
                "\(path) is there and is no socket, but \(facts.kindText); it stays as it is: move it away, or choose another path"
            )
        }
        guard facts.isOwn else {
            throw OwnershipError(
                .foreign,
                "the socket \(path) is that of another process, which \(User.name(facts.owner)) runs; choose another path"
            )
        }
        return true
    }

    /// Looks whether others could put a socket of theirs in the place of one that was made.
    ///
    /// - Throws: `open`.
    package static func checkFolder(of path: String) throws(OwnershipError) {
        try FolderTrust.check(
            URL(fileURLWithPath: path).deletingLastPathComponent().path, holding: "the socket \(path)")
    }

    /// Whether anybody answers at a path.
    package static func answers(_ path: String) -> Bool {
        #if canImport(Glibc)
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        // A listener with a full queue would keep whoever connects waiting; it is there all the same.
        guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { return false }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 || errno == EAGAIN
            }
        }
    }

    /// A folder beside a socket's place, which nobody else can look into: a socket that is made in it has its permissions
    /// before anybody sees it.
    package struct Waiting: Sendable {
        /// Where to make the socket.
        package let socket: String
        private let folder: String
        private let place: String

        /// - Throws: `failed`.
        package init(beside place: String) throws(OwnershipError) {
            let parent = URL(fileURLWithPath: place).deletingLastPathComponent().path
            guard let made = NewFolder.make("\(parent == "/" ? "" : parent)/.squire-") else {
                throw .failed("make a folder in", parent, errno)
            }
            folder = made
            socket = folder + "/s"
            self.place = place
        }

        /// Moves the socket to its place, for its owner alone. What is there by now stays.
        ///
        /// - Returns: the socket's facts, by which `SocketPlace.remove` knows it again.
        /// - Throws: `taken`, `failed`.
        package func settle() throws(OwnershipError) -> FileFacts {
            defer { discard() }
            guard unsafe chmod(socket, 0o600) == 0 else { throw .failed("protect", socket, errno) }
            // A second name, since renaming would replace what is there.
            guard unsafe link(socket, place) == 0 else {
                if errno == EEXIST {
                    throw OwnershipError(.taken, "\(place) is there already, and is not replaced; choose another path")
                }
                throw .failed("make", place, errno)
            }
            guard let facts = FileFacts(at: place) else { throw .failed("look at", place, errno) }
            return facts
        }

        /// Removes what waits.
        package func discard() {
            unsafe unlink(socket)
            unsafe rmdir(folder)
        }
    }

    /// Removes a socket, unless another file has taken its place.
    package static func remove(_ path: String, madeAs facts: FileFacts) {
        guard let now = FileFacts(at: path), now.isSame(as: facts) else { return }
        unsafe unlink(path)
    }
}
