import Foundation
import Ownership

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
        do throws(POSIXError) {
            try PrivateFile.write("\(token)\n", to: path, by: draft)
        } catch {
            throw failure("write", error.code.rawValue)
        }
        return token
    }

    /// The token in the file; nil where there is no file, or nothing that could be a token in it.
    private func read() throws(DaemonError) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            if errno == ELOOP { throw unfit("it is a link") }
            throw failure("open", errno)
        }
        defer { close(descriptor) }
        guard let facts = FileFacts(descriptor: descriptor) else { throw failure("look at", errno) }
        guard facts.isFile else { throw unfit("it is no file") }
        guard facts.isOwn else { throw unfit("it belongs to another user (\(facts.owner))") }
        guard facts.mode & 0o077 == 0 else { throw unfit("others may read or write it") }
        guard facts.links == 1 else { throw unfit("it has a second name, where others may read it") }
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

    private func failure(_ verb: String, _ code: CInt) -> DaemonError {
        let reason = unsafe String(cString: strerror(code))
        return DaemonError(
            .homeUnusable, "could not \(verb) \(path): \(reason); check who owns the home, or choose another one")
    }
}
