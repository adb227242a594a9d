import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The token that Squire makes for the gateway, in a file of the home. Only the daemon that holds the home uses it.
struct GatewayTokenFile: Sendable {
    let path: String

    init(home: String) {
        path = home + "/gateway.token"
    }

    /// The token; makes one where there is none.
    ///
    /// - Throws: `gatewayTokenUnsafe` where the file is not this user's alone; `homeUnusable`.
    func token() throws(DaemonError) -> String {
        if let token = try read() { return token }
        return try replace()
    }

    /// Makes a new token in place of the one there is. It is there whole or not at all.
    ///
    /// - Throws: `homeUnusable`.
    func replace() throws(DaemonError) -> String {
        let token = Self.made()
        // Nobody else is about to write it: the home is held.
        let draft = path + ".new"
        unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("make", draft) }
        let line = Array("\(token)\n".utf8)
        let isWritten =
            unsafe line.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) } == line.count
            && fchmod(descriptor, 0o600) == 0 && fsync(descriptor) == 0
        guard isWritten else {
            let failure = failure("write", draft)
            close(descriptor)
            unsafe unlink(draft)
            throw failure
        }
        close(descriptor)
        guard unsafe rename(draft, path) == 0 else { throw failure("write", path) }
        return token
    }

    /// The token in the file; nil where there is no file, or nothing that could be a token in it.
    private func read() throws(DaemonError) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            if errno == ELOOP { throw unfit("it is a link") }
            throw failure("open", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure("look at", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw unfit("it is no file") }
        guard status.st_uid == geteuid() else { throw unfit("it belongs to another user (\(status.st_uid))") }
        guard status.st_mode & 0o077 == 0 else { throw unfit("others may read or write it") }
        guard status.st_nlink == 1 else { throw unfit("it has a second name, where others may read it") }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            count = max(0, unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.count == Self.length && text.allSatisfy(Self.isTokenCharacter) ? text : nil
    }

    /// Bytes of a token.
    private static let size = 32
    /// Characters of 32 bytes in base64 without padding.
    private static let length = 43

    private static func isTokenCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }

    /// 32 random bytes of the system's own source, in the base64 of URLs (RFC 4648, section 5).
    private static func made() -> String {
        var source = SystemRandomNumberGenerator()
        return Data((0..<size).map { _ in UInt8.random(in: .min ... .max, using: &source) })
            .base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private func unfit(_ reason: String) -> DaemonError {
        DaemonError(
            .gatewayTokenUnsafe,
            "the gateway's token \(path) is not safe: \(reason); remove it, and a new one is made at the next start")
    }

    private func failure(_ verb: String, _ path: String) -> DaemonError {
        let reason = unsafe String(cString: strerror(errno))
        return DaemonError(
            .homeUnusable, "could not \(verb) \(path): \(reason); check who owns the home, or choose another one")
    }
}
