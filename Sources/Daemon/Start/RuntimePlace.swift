import Core
import Foundation
import Ownership

extension RuntimeFolder {
    /// The folder for plugins' sockets and temporary files: in the home, or where that has too long a path for sockets, in
    /// the system's folder for such things.
    ///
    /// - Throws: `homeUnusable`.
    static func make(home: String, environment: [String: String]) throws(DaemonError) -> RuntimeFolder {
        let outside = outside(environment)
        let name = "squire-\(User.own)-\(String(StableHash.of(home), radix: 36))"
        var places: [String] = []
        // A socket's path has 107 bytes at most, of which a plugin's name and what goes with it take up to 35.
        if home.utf8.count + "/servers".utf8.count <= 72 { places.append(home + "/servers") }
        places.append("\(outside)/\(name)")
        do throws(OwnershipError) {
            return try make(at: places, otherwise: "\(outside)/squire-\(User.own)-")
        } catch {
            throw DaemonError(.homeUnusable, error.message, cause: error)
        }
    }

    /// The user's own runtime folder, where it is that and short enough; else /tmp.
    private static func outside(_ environment: [String: String]) -> String {
        guard let folder = environment["XDG_RUNTIME_DIR"], folder.hasPrefix("/"), folder.utf8.count <= 40,
            let facts = FileFacts(at: folder), facts.isFolder, facts.isOwn, facts.mode & 0o077 == 0
        else { return "/tmp" }
        return folder
    }
}
