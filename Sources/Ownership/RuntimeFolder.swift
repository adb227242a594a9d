import Core
import Foundation

/// A folder for what lives as long as a daemon does: the sockets and temporary files of programs that it starts.
///
/// It is known by a marker in it. Only a folder with the marker, that is this user's own, is ever emptied.
package struct RuntimeFolder: Sendable {
    package let path: String

    private static let marker = ".squire-runtime"
    private static let note = "Squire made this folder. It empties it when it starts, and removes it when it stops.\n"

    /// Makes the folder, empty: what a killed daemon left is removed.
    ///
    /// - Parameters:
    ///   - places: where to have it, the first that can be had. One that somebody else has taken is left alone.
    ///   - otherwise: the beginning of a new name, where none of them can be had.
    /// - Throws: `failed`.
    package static func make(at places: [String], otherwise: String) throws(OwnershipError) -> RuntimeFolder {
        for place in places where take(place) { return RuntimeFolder(path: place) }
        guard let made = NewFolder.make(otherwise) else {
            throw OwnershipError(
                .failed,
                "no folder for plugins' sockets can be made at \(otherwise)…: \(SystemText.error(errno)); make room there, or choose a home with a shorter path"
            )
        }
        guard mark(made) else { throw .failed("write in", made, errno) }
        return RuntimeFolder(path: made)
    }

    /// Removes the folder with what is in it.
    package func remove() {
        guard Self.isMarked(path) else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Makes a folder, or takes over one that a daemon of this user left.
    private static func take(_ path: String) -> Bool {
        if unsafe mkdir(path, 0o700) == 0 { return mark(path) }
        guard errno == EEXIST, isMarked(path) else { return false }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        // Links in it are removed and not followed.
        for name in names where name != marker { try? FileManager.default.removeItem(atPath: "\(path)/\(name)") }
        return unsafe chmod(path, 0o700) == 0
    }

    private static func isMarked(_ path: String) -> Bool {
        guard let folder = FileFacts(at: path), folder.isFolder, folder.isOwn, folder.mode & 0o022 == 0,
            let file = FileFacts(at: "\(path)/\(marker)")
        else { return false }
        return file.isFile && file.isOwn
    }

    private static func mark(_ path: String) -> Bool {
        let file = unsafe open(
            "\(path)/\(marker)", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600 as mode_t)
        guard file >= 0 else { return false }
        defer { close(file) }
        let bytes = Array(note.utf8)
        return unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) } == bytes.count
    }
}
