import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A Unix socket's file.
enum UnixSocket {
    /// Makes a socket that is bound to `path` and that only its owner can connect to, at no moment anybody else. It
    /// does not listen yet. A missing parent directory is made for the owner alone.
    ///
    /// - Returns: the descriptor, which is the caller's to close.
    /// - Throws: `RPCConnectionError` (`socketExists`, `notAllowed`, `pathTooLong`, `socketFailed`).
    static func bind(to path: String) throws(RPCConnectionError) -> CInt {
        var address = try address(of: path)
        try makeParent(of: path)
        #if os(Linux)
            let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        #else
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw failure("create", path, errno) }
        // A socket's file is made with the mode its descriptor has, less the process' mask: nobody ever sees another one.
        // Where the system does not have it so, nobody can connect before it listens.
        _ = fchmod(descriptor, 0o600)
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                #if os(Linux)
                    unsafe Glibc.bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
                #else
                    unsafe Darwin.bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
                #endif
            }
        }
        guard bound == 0 else {
            let code = errno
            close(descriptor)
            throw failure("create", path, code)
        }
        guard unsafe chmod(path, 0o600) == 0 else {
            let code = errno
            close(descriptor)
            unsafe unlink(path)
            throw failure("protect", path, code)
        }
        return descriptor
    }

    /// How many connections may wait to be accepted on a socket that listens.
    static func setBacklog(_ descriptor: CInt, _ count: CInt) {
        // Listening again only changes the number; the system lowers one it does not like.
        _ = listen(descriptor, count)
    }

    /// What identifies the file at `path`; nil where there is none.
    static func identity(of path: String) -> FileIdentity? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    /// Removes the socket, unless another file has taken its place.
    static func remove(_ path: String, identity: FileIdentity?) {
        guard let identity, self.identity(of: path) == identity else { return }
        unsafe unlink(path)
    }

    struct FileIdentity: Sendable, Hashable {
        var device: UInt64
        var inode: UInt64
    }

    /// - Throws: `pathTooLong`.
    static func checkLength(of path: String) throws(RPCConnectionError) {
        let capacity = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
        guard path.utf8.count < capacity else {
            throw RPCConnectionError(
                .pathTooLong,
                "The socket's path is \(path.utf8.count) bytes long and may have \(capacity - 1): \(path). Choose a shorter one."
            )
        }
    }

    /// Why nothing could be connected to at `path`.
    static func error(connecting path: String, _ code: CInt) -> RPCConnectionError {
        switch code {
        case ENOENT: RPCConnectionError(.nobodyListens, "Nobody listens on \(path): there is no such socket.")
        case ECONNREFUSED, ENOTSOCK:
            RPCConnectionError(.nobodyListens, "Nobody listens on \(path): the process that made it is gone.")
        default: failure("connect to", path, code)
        }
    }

    private static func address(of path: String) throws(RPCConnectionError) -> sockaddr_un {
        try checkLength(of: path)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        return address
    }

    private static func makeParent(of path: String) throws(RPCConnectionError) {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            // Leaves a directory that is there as it is.
            try FileManager.default.createDirectory(
                atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw RPCConnectionError(
                .socketFailed, "Could not make the socket's directory \(parent): \(error)", cause: error)
        }
    }

    private static func failure(_ verb: String, _ path: String, _ code: CInt) -> RPCConnectionError {
        let reason = unsafe String(cString: strerror(code))
        return switch code {
        case EADDRINUSE:
            RPCConnectionError(
                .socketExists, "\(path) is there already. If nobody listens on it, remove it and try again.")
        case EACCES, EPERM: RPCConnectionError(.notAllowed, "Not allowed to \(verb) the socket \(path): \(reason).")
        default: RPCConnectionError(.socketFailed, "Could not \(verb) the socket \(path): \(reason).")
        }
    }
}
