import Foundation
import Synchronization

/// Which files were looked at before, and what came of it: a small file in the shared cache, so that a file that has not
/// changed costs nothing at the next start.
final class AdmissionRecord: Sendable {
    struct Entry: Codable, Hashable {
        var path: String
        var purpose: ModelPurpose
        /// Of the file, or of each part of a model of several files.
        var identities: [FileIdentity]
        /// The libllama that loaded it, and the program that looked.
        var library: String
        /// Why it is not loaded; nil where it is.
        var problem: String?
    }

    private let path: String
    /// Of this process; two daemons that write at once cost one of them a look again.
    private let lock = Mutex(())

    private static let most = 64
    private static let mostBytes = 1 << 20

    init(path: String) {
        self.path = path
    }

    func entry(
        _ path: String, _ purpose: ModelPurpose, _ identities: [FileIdentity], library: String
    ) -> Entry? {
        lock.withLock { _ in
            read().first {
                $0.path == path && $0.purpose == purpose && $0.identities == identities && $0.library == library
            }
        }
    }

    /// Keeps an entry in place of an older one. Where it cannot, the file is looked at again at the next start.
    func keep(_ entry: Entry) {
        lock.withLock { _ in
            let others = read().filter { other in
                (other.path != entry.path || other.purpose != entry.purpose) && FileIdentity(of: other.path) != nil
            }
            guard let data = try? JSONEncoder().encode([entry] + others.prefix(Self.most - 1)) else { return }
            try? FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try? data.write(to: URL(fileURLWithPath: path), options: .atomic)
        }
    }

    private func read() -> [Entry] {
        guard let size = FileIdentity(of: path)?.bytes, size <= Self.mostBytes,
            let data = FileManager.default.contents(atPath: path)
        else { return [] }
        return (try? JSONDecoder().decode([Entry].self, from: data)) ?? []
    }
}
