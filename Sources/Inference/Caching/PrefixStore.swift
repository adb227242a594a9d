import Digest
import Dispatch
import Foundation

/// Beginnings kept on disk across restarts: those that are pinned, and the tails of the conversations that were last
/// spoken in. Files are written and read on a queue of the store's own; a file that is damaged, or of another model, is
/// removed and never used.
///
/// `@unchecked Sendable`: all mutable state is touched on `queue` alone, except through `entries`' lock.
final class PrefixStore: @unchecked Sendable {
    private struct Entry {
        var path: String
        var tokens: [Token]
        var isPinned: Bool
        var bytes: Int
        var lastUse: Date
        var stateOffset: Int
    }

    private let folder: String
    private let byteLimit: Int
    private let queue = DispatchQueue(label: "squire.prefixes", qos: .utility)
    private let lock = NSLock()
    /// Guarded by `lock`.
    private var entries: [Entry] = []
    /// Guarded by `lock`; nil until the model's file was read.
    private var fingerprint: [UInt8]?

    /// Begins to read what is there.
    ///
    /// - Parameters:
    ///   - folder: made when first written to.
    ///   - byteLimit: of all files together.
    ///   - fingerprint: made on the store's queue; what it throws leaves the store empty for good.
    init(folder: String, byteLimit: Int, fingerprint: @escaping @Sendable () throws -> [UInt8]) {
        self.folder = folder
        self.byteLimit = byteLimit
        queue.async { [self] in
            guard let made = try? fingerprint() else { return }
            let found = scan(made)
            lock.withLock {
                self.fingerprint = made
                entries = found
            }
            // The bound may be lower than it was.
            shrink()
        }
    }

    /// The stored beginning that shares most tokens with `tokens`, and how many it shares.
    func match(_ tokens: [Token], wholeOnly: Bool) -> (count: Int, path: String)? {
        lock.withLock {
            entries.map { entry -> (count: Int, path: String) in
                let shared = sharedCount(entry.tokens[...], tokens[...])
                return (wholeOnly && shared < entry.tokens.count ? 0 : shared, entry.path)
            }.max { $0.count < $1.count }
        }
    }

    /// Whether the tokens are stored already, as a part of a beginning or as one of their own.
    func holds(_ tokens: [Token]) -> Bool {
        lock.withLock { entries.contains { $0.tokens.starts(with: tokens) } }
    }

    /// Reads a stored beginning and hands it on, on the store's queue; nil where it is damaged or gone.
    func load(_ path: String, then: @escaping @Sendable ((tokens: [Token], state: [UInt8])?) -> Void) {
        queue.async { [self] in
            guard let entry = lock.withLock({ entries.first { $0.path == path } }) else { return then(nil) }
            guard let state = PrefixFile.state(at: path, offset: entry.stateOffset) else {
                forget(path)
                return then(nil)
            }
            touch(path)
            then((entry.tokens, state))
        }
    }

    /// Drops a stored beginning that turned out to be unusable.
    func drop(_ path: String) {
        queue.async { self.forget(path) }
    }

    /// Stores a beginning, in place of those that are a part of it and not pinned.
    func save(_ tokens: [Token], isPinned: Bool, state: [UInt8]) {
        queue.async { [self] in
            guard let fingerprint = lock.withLock({ self.fingerprint }), state.count <= byteLimit else { return }
            let file = PrefixFile(fingerprint: fingerprint, isPinned: isPinned, tokens: tokens)
            let path = "\(folder)/\(Self.name(tokens, fingerprint)).prefix"
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                try file.write(state: state, to: path)
            } catch {
                // A full disk costs speed after the next start, and nothing else.
                return
            }
            guard let (_, offset) = PrefixFile.head(at: path) else { return }
            let covered = lock.withLock {
                let covered = entries.filter { $0.path == path || (!$0.isPinned && tokens.starts(with: $0.tokens)) }
                entries.removeAll { entry in covered.contains { $0.path == entry.path } }
                entries.append(
                    Entry(
                        path: path, tokens: tokens, isPinned: isPinned, bytes: offset + state.count + 40, lastUse: .now,
                        stateOffset: offset))
                return covered
            }
            for entry in covered where entry.path != path { try? FileManager.default.removeItem(atPath: entry.path) }
            shrink()
        }
    }

    /// Waits until what is there was read, but not longer than `seconds`.
    func waitUntilRead(atMost seconds: Double) {
        let read = DispatchSemaphore(value: 0)
        queue.async { read.signal() }
        _ = read.wait(timeout: .now() + seconds)
    }

    /// Waits until all that was asked for is on disk.
    func flush() {
        queue.sync {}
    }

    /// Bytes of all files.
    var bytes: Int { lock.withLock { entries.reduce(0) { $0 + $1.bytes } } }

    private static func name(_ tokens: [Token], _ fingerprint: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(fingerprint)
        unsafe tokens.withUnsafeBytes { unsafe hash.update($0) }
        return String(hash.finish().hexadecimal.prefix(32))
    }

    private func scan(_ fingerprint: [UInt8]) -> [Entry] {
        let manager = FileManager.default
        return ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).compactMap { name in
            let path = "\(folder)/\(name)"
            guard name.hasSuffix(".prefix"), let (file, offset) = PrefixFile.head(at: path),
                file.fingerprint == fingerprint, !file.tokens.isEmpty
            else {
                try? manager.removeItem(atPath: path)
                return nil
            }
            let attributes = try? manager.attributesOfItem(atPath: path)
            return Entry(
                path: path, tokens: file.tokens, isPinned: file.isPinned, bytes: attributes?[.size] as? Int ?? 0,
                lastUse: attributes?[.modificationDate] as? Date ?? .distantPast, stateOffset: offset)
        }
    }

    /// The time of change is the time of last use, for the next start as well.
    private func touch(_ path: String) {
        try? FileManager.default.setAttributes([.modificationDate: Date.now], ofItemAtPath: path)
        lock.withLock {
            if let index = entries.firstIndex(where: { $0.path == path }) { entries[index].lastUse = .now }
        }
    }

    private func forget(_ path: String) {
        lock.withLock { entries.removeAll { $0.path == path } }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Removes what was used longest ago, pinned ones last, until the rest is within the bound.
    private func shrink() {
        while bytes > byteLimit {
            let oldest = lock.withLock {
                entries.min { ($0.isPinned ? 1 : 0, $0.lastUse) < ($1.isPinned ? 1 : 0, $1.lastUse) }
            }
            guard let oldest else { return }
            forget(oldest.path)
        }
    }
}
