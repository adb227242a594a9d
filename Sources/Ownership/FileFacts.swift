package import Foundation

/// What the system knows of a file, folder, link or socket.
package struct FileFacts: Sendable, Hashable {
    package var device: UInt64
    package var inode: UInt64
    package var owner: uid_t
    package var group: gid_t
    /// Names of it.
    package var links: Int
    /// Kind and permissions, `st_mode`.
    package var mode: mode_t

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        owner = status.st_uid
        group = status.st_gid
        links = Int(status.st_nlink)
        mode = status.st_mode
    }

    /// Of what a descriptor is open on.
    package init?(descriptor: CInt) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Of what stands at a path, itself where it is a symbolic link.
    package init?(at path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    package var isFolder: Bool { mode & S_IFMT == S_IFDIR }
    package var isFile: Bool { mode & S_IFMT == S_IFREG }
    package var isSocket: Bool { mode & S_IFMT == S_IFSOCK }
    package var isLink: Bool { mode & S_IFMT == S_IFLNK }
    /// Of a folder: only an entry's owner may remove or rename it, as in /tmp.
    var isSticky: Bool { mode & 0o1000 != 0 }
    package var isOwn: Bool { owner == User.own }
    /// Root may do anything anyway.
    var isOwnOrRoot: Bool { isOwn || owner == 0 }

    /// `a folder`, for messages.
    var kindText: String {
        switch mode & S_IFMT {
        case S_IFDIR: "a folder"
        case S_IFREG: "a file"
        case S_IFSOCK: "a socket"
        case S_IFLNK: "a symbolic link"
        case S_IFIFO: "a pipe"
        default: "a device"
        }
    }

    /// Why it is no file that this process may write as its own; nil where it is one.
    func problem(at path: String) -> OwnershipError? {
        if isLink { return .link(path) }
        guard isOwn else {
            return OwnershipError(
                .foreign,
                "\(path) belongs to \(User.name(owner)), and not to \(User.name(User.own)): somebody else put it there, and it is not used. Move it away"
            )
        }
        guard isFile else {
            return OwnershipError(.kind, "\(path) is \(kindText), where a file should be; move it away")
        }
        // Under another name it may be something of this user's that is not to be written over.
        guard links == 1 else {
            return OwnershipError(
                .link, "\(path) has another name elsewhere (a hard link), and is not used; move it away")
        }
        return nil
    }

    /// Whether it is the same file, under whatever name.
    package func isSame(as other: FileFacts) -> Bool { device == other.device && inode == other.inode }
}
