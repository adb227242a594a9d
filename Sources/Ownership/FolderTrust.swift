import Foundation

/// Whether nobody but this user and root can put another thing in the place of what a path names.
package enum FolderTrust {
    /// Looks at a folder and all those around it.
    ///
    /// - Parameter what: what is in it, for the message: `the socket`.
    /// - Throws: `open`, naming the folder that others may write. One that is not there is no danger.
    package static func check(_ folder: String, holding what: String) throws(OwnershipError) {
        var path = URL(fileURLWithPath: folder).resolvingSymlinksInPath().standardizedFileURL.path
        while true {
            if let facts = FileFacts(at: path), facts.isFolder, isReplaceable(facts) {
                throw OwnershipError(
                    .open,
                    "\(path) can be written by other users, who could put something else in the place of \(what); "
                        + "protect it with `chmod go-w \(path)`, or choose another folder")
            }
            guard path != "/" else { return }
            path = URL(fileURLWithPath: path).deletingLastPathComponent().path
        }
    }

    /// Whether others may remove and rename what is in a folder.
    private static func isReplaceable(_ folder: FileFacts) -> Bool {
        guard !folder.isSticky else { return false }
        if folder.mode & 0o002 != 0 { return true }
        return folder.mode & 0o020 != 0 && folder.group != 0 && !User.isPrivateGroup(folder.group)
    }
}
