import Foundation
import Ownership

/// The folder that holds everything of one user, held by one daemon at a time.
struct Home: ~Copyable {
    let path: String
    private let descriptor: CInt

    /// Makes the folder where it is missing, keeps everybody else out of it, and takes hold of it. The hold is a lock
    /// on `squired.lock`, which the system gives up when this process ends, however it ends; the file stays.
    ///
    /// What is in it and would be used is this user's own, and no link to anything else.
    ///
    /// - Throws: `alreadyRunning`, `homeUnusable`.
    static func hold(_ path: String, startedAt: Date) throws(DaemonError) -> Home {
        let lock = path + "/squired.lock"
        let descriptor: CInt
        do throws(OwnershipError) {
            let folder = try OwnFolder.open(path, as: "the home")
            // SQLite opens these by their paths; nobody else can change the folder any more.
            for name in ["squire.db", "squire.db-wal", "squire.db-shm", "squire.db-journal"] {
                try folder.check(file: name)
            }
            // Closed in children: a plugin's server that outlived the daemon would hold the home otherwise.
            descriptor = try folder.openFile("squired.lock")
        } catch {
            throw DaemonError(.homeUnusable, error.message, cause: error)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let reason = unsafe String(cString: strerror(errno))
            let holder = read(descriptor)
            close(descriptor)
            guard isHeld else {
                throw DaemonError(.homeUnusable, "could not lock \(lock): \(reason); choose another home with --home")
            }
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
}
