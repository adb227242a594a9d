package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a file or folder is, whatever names it has.
package struct FileIdentity: Sendable, Hashable {
    let device: DeviceID
    let inode: Inode
}

package enum FileKind: UInt8, Sendable {
    case file
    case folder
    case link
    case pipe
    case socket
    case device
    /// Not known before it is looked at.
    case unknown

    fileprivate init(_ type: FileType) {
        self =
            switch type {
            case .regular: .file
            case .directory: .folder
            case .symbolicLink: .link
            case .fifo: .pipe
            case .socket: .socket
            case .characterSpecial, .blockSpecial: .device
            default: .unknown
            }
    }

    /// - Parameter entry: `d_type` of a folder's entry; some file systems give none.
    init(entry: UInt8) {
        self =
            switch Int(entry) {
            case Int(DT_REG): .file
            case Int(DT_DIR): .folder
            case Int(DT_LNK): .link
            case Int(DT_FIFO): .pipe
            case Int(DT_SOCK): .socket
            case Int(DT_CHR), Int(DT_BLK): .device
            default: .unknown
            }
    }
}

/// What `stat` says.
package struct FileStatus: Sendable, Hashable {
    package let kind: FileKind
    package let identity: FileIdentity
    package let size: Int
    /// Nanoseconds since 1970.
    package let modified: Int

    /// - Parameter followsLink: whether a symbolic link stands for what it leads to.
    package init(_ path: FilePath, followsLink: Bool) throws(Errno) {
        let status = try path.stat(followTargetSymlink: followsLink)
        kind = FileKind(status.type)
        identity = FileIdentity(device: status.deviceID, inode: status.inode)
        size = Int(status.size)
        let time = status.st_mtim
        // Years that do not fit (a file system may hold any) are cut off, not a trap.
        let (nanoseconds, overflows) = Int(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        modified = overflows ? (time.tv_sec < 0 ? .min : .max) : nanoseconds &+ Int(time.tv_nsec)
    }
}

extension FilePath {
    /// - Parameter bytes: as the system has them; they need not be text.
    package init(bytes: [UInt8]) {
        unsafe self.init(platformString: bytes.map { CInterop.PlatformChar(bitPattern: $0) } + [0])
    }

    package var bytes: [UInt8] {
        unsafe withPlatformString { start in
            unsafe UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(bitPattern: $0) }
        }
    }

    /// The bytes with a slash at their end, to set names behind.
    package var folderBytes: [UInt8] {
        let bytes = bytes
        return bytes.last == UInt8.slash ? bytes : bytes + [UInt8.slash]
    }

    /// What it leads to, without symbolic links; nil where it leads nowhere.
    package var real: FilePath? {
        unsafe withPlatformString { path in
            guard let real = unsafe realpath(path, nil) else { return nil }
            defer { unsafe free(real) }
            return unsafe FilePath(platformString: real)
        }
    }
}

extension FilePath.Component {
    var bytes: [UInt8] { FilePath(root: nil, components: self).bytes }
}
