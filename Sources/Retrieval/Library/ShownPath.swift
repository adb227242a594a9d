import Folders
import SystemPackage

/// A path as it came from a command line or a list, where a name that is no UTF-8 has U+FFFD in place of its bytes.
enum ShownPath {
    /// The path of the file that is meant: the same one where it is there, else the only one that is shown so.
    static func actual(_ path: FilePath) -> FilePath {
        guard path.string.unicodeScalars.contains("\u{FFFD}"), (try? FileStatus(path, followsLink: false)) == nil else {
            return path
        }
        var actual = FilePath(root: path.root, [FilePath.Component]())
        for component in path.components {
            guard component.string.unicodeScalars.contains("\u{FFFD}") else {
                actual.append(component)
                continue
            }
            var found: [[UInt8]] = []
            // A folder that cannot be read is told of when the path is.
            try? FolderNames.forEach(in: actual) { name, _ in
                if String(decoding: name, as: UTF8.self) == component.string { found.append(name) }
            }
            guard found.count == 1 else { return path }
            actual = FilePath(bytes: actual.folderBytes + found[0])
        }
        return actual
    }
}
