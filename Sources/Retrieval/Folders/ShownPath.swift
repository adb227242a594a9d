import SystemPackage

/// Paths whose names are no UTF-8. In messages each fault is shown as U+FFFD, and a path comes back as it was shown.
enum ShownPath {
    private static let mark = Array("\u{FFFD}".utf8)

    /// The path that is shown as `text`: itself where it is there, or else the one whose names are shown so.
    static func resolve(_ text: String) -> FilePath {
        let path = FilePath(text)
        guard text.unicodeScalars.contains("\u{FFFD}"), (try? FileStatus(path, followsLink: false)) == nil else {
            return path
        }
        var found = FilePath(root: path.root, [])
        for component in path.components {
            var names: [[UInt8]] = []
            if component.string.unicodeScalars.contains("\u{FFFD}") {
                try? FolderNames.forEach(in: found) { name, _ in
                    if isShown(name, as: component.bytes) { names.append(name) }
                }
            }
            // Where two are shown alike, neither is taken for the other.
            found = names.count == 1 ? FilePath(bytes: found.folderBytes + names[0]) : found.appending(component)
        }
        return found
    }

    /// The bytes before the first mark, which are as the name has them; nil where there is no mark.
    static func certainBeginning(of path: [UInt8]) -> [UInt8]? {
        path.indices.first { path[$0...].starts(with: mark) }.map { Array(path[..<$0]) }
    }

    /// Whether a path, or a folder above it, is shown as `shown`.
    static func isShown(_ path: [UInt8], as shown: [UInt8]) -> Bool {
        let text = Array(String(decoding: path, as: UTF8.self).utf8)
        return text == shown || text.starts(with: shown + [.slash])
    }
}
