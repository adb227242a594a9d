import Digest
import Foundation

/// One beginning on disk: tokens, and the state libllama computed for them.
///
/// The layout, integers little-endian: the magic, the fingerprint (32 bytes), 1 byte whether pinned, the number of
/// tokens (UInt32), the tokens (Int32), the SHA-256 of all so far, the length of the state (UInt64), the state, the
/// SHA-256 of the state. The first checksum lets the tokens be read without the state.
struct PrefixFile: Sendable {
    /// What the state is worth nothing without: see `Fingerprint`.
    var fingerprint: [UInt8]
    var isPinned: Bool
    var tokens: [Token]

    private static let magic = Array("SQUIREPREFIX1\n".utf8)
    private static let mostTokens = 16 << 20

    /// Writes a whole file or none: beside its place first, then moved there.
    ///
    /// - Throws: what the file system throws.
    func write(state: [UInt8], to path: String) throws {
        var head = Self.magic + fingerprint + [isPinned ? 1 : 0]
        unsafe withUnsafeBytes(of: UInt32(tokens.count).littleEndian) { unsafe head += $0 }
        for token in tokens { unsafe withUnsafeBytes(of: token.littleEndian) { unsafe head += $0 } }
        head += SHA256.sum(of: head).bytes
        unsafe withUnsafeBytes(of: UInt64(state.count).littleEndian) { unsafe head += $0 }
        let temporary = path + ".new"
        let manager = FileManager.default
        guard manager.createFile(atPath: temporary, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw CocoaError(.fileWriteUnknown)
        }
        do {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
            defer { try? file.close() }
            try file.write(contentsOf: head)
            try file.write(contentsOf: state)
            try file.write(contentsOf: SHA256.sum(of: state).bytes)
            try file.synchronize()
        } catch {
            try? manager.removeItem(atPath: temporary)
            throw error
        }
        // rename(2) puts the new file in the old one's place in one step.
        guard unsafe rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Reads what a file is about, without its state.
    ///
    /// - Returns: nil where it is no such file, or damaged.
    static func head(at path: String) -> (file: PrefixFile, stateOffset: Int)? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        let fixed = magic.count + SHA256Sum.size + 1 + 4
        guard let start = try? handle.read(upToCount: fixed), start.count == fixed, start.starts(with: magic) else {
            return nil
        }
        let bytes = [UInt8](start)
        let count = bytes.suffix(4).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
        guard count <= mostTokens, let rest = try? handle.read(upToCount: count * 4 + SHA256Sum.size),
            rest.count == count * 4 + SHA256Sum.size
        else { return nil }
        let body = [UInt8](rest)
        let sum = SHA256.sum(of: bytes + body.dropLast(SHA256Sum.size))
        guard sum.bytes.elementsEqual(body.suffix(SHA256Sum.size)) else { return nil }
        let tokens = stride(from: 0, to: count * 4, by: 4).map { offset in
            Token(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(body[offset + $1]) << (8 * UInt32($1)) })
        }
        let file = PrefixFile(
            fingerprint: Array(bytes[magic.count..<(magic.count + SHA256Sum.size)]),
            isPinned: bytes[magic.count + SHA256Sum.size] == 1, tokens: tokens)
        return (file, fixed + body.count)
    }

    /// Reads the state of a file whose head was read.
    ///
    /// - Returns: nil where the file is damaged.
    static func state(at path: String, offset: Int) -> [UInt8]? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard (try? handle.seek(toOffset: UInt64(offset))) != nil, let length = try? handle.read(upToCount: 8),
            length.count == 8, let rest = try? handle.readToEnd()
        else { return nil }
        let size = length.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (8 * UInt64($1.offset)) }
        guard UInt64(rest.count) == size &+ UInt64(SHA256Sum.size) else { return nil }
        let state = [UInt8](rest.dropLast(SHA256Sum.size))
        guard SHA256.sum(of: state).bytes.elementsEqual(rest.suffix(SHA256Sum.size)) else { return nil }
        return state
    }
}
