import Core
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The folder that holds everything of one user, held by one daemon at a time.
struct Home: ~Copyable {
    let path: String
    private let descriptor: CInt

    /// Makes the folder where it is missing, keeps everybody else out of it, and takes hold of it. The hold is a lock
    /// on `squired.lock`, which the system gives up when this process ends, however it ends; the file stays.
    ///
    /// - Throws: `alreadyRunning`, `homeUnusable`.
    static func hold(_ path: String, startedAt: Date) throws(DaemonError) -> Home {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DaemonError(
                .homeUnusable,
                "\(StorageProblem.sentence(error, path: path)); choose another home with --home or SQUIRE_HOME")
        }
        // Conversations are in it: also one that was there before is for its owner alone.
        guard unsafe chmod(path, 0o700) == 0 else { throw failure("protect", path) }
        let lock = path + "/squired.lock"
        // Closed in children: a plugin's server that outlived the daemon would hold the home otherwise.
        let descriptor = unsafe open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("open", lock) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let failure = failure("lock", lock)
            let holder = read(descriptor)
            close(descriptor)
            guard isHeld else { throw failure }
            throw DaemonError(
                .alreadyRunning,
                "squired is already running on \(path)\(holder.map { " (\($0))" } ?? ""); stop it with: squire daemon stop"
            )
        }
        write("pid \(getpid()), since \(startedAt.formatted(.iso8601))", to: descriptor)
        return Home(path: path, descriptor: descriptor)
    }

    private init(path: String, descriptor: CInt) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Where plugins' own servers get their sockets, empty: what a killed daemon's left is removed.
    ///
    /// - Throws: `homeUnusable`.
    static func runtimeFolder(of home: String) throws(DaemonError) -> String {
        var folder = home + "/run"
        if folder.utf8.count > 72 {
            // A socket's path has 107 bytes at most, of which a plugin's name takes up to 32.
            folder = "/tmp/squire-\(getuid())-\(String(StableHash.of(home), radix: 36))"
        }
        do {
            if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
            // Fails where there is something after all: in /tmp others could be waiting in a folder of theirs.
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DaemonError(
                .homeUnusable, "\(StorageProblem.sentence(error, path: folder)); it is for plugins' sockets")
        }
        return folder
    }

    /// Lets go of the folder. Nothing may use what is in it after that.
    consuming func release() {}

    /// Who holds the lock, as it wrote itself; nil when it has not come to writing.
    private static func read(_ descriptor: CInt) -> String? {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            count = max(0, unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }

    private static func write(_ holder: String, to descriptor: CInt) {
        // For people only: where it fails, the lock holds all the same.
        _ = ftruncate(descriptor, 0)
        let line = Array("\(holder)\n".utf8)
        _ = unsafe line.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func failure(_ verb: String, _ path: String) -> DaemonError {
        let number = errno
        if [EROFS, ENOSPC, EDQUOT].contains(number) {
            return DaemonError(
                .homeUnusable,
                "\(StorageProblem.sentence(number, path: path)); choose another home with --home or SQUIRE_HOME")
        }
        let reason = unsafe String(cString: strerror(number))
        return DaemonError(
            .homeUnusable, "could not \(verb) \(path): \(reason); check who owns it, or choose another home")
    }
}
