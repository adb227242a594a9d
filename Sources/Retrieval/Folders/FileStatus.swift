import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a file or folder is, whatever names it has.
struct FileIdentity: Sendable, Hashable {
    let device: UInt64
    let inode: UInt64
}

enum FileKind: UInt8, Sendable {
    case file
    case folder
    case link
    case pipe
    case socket
    case device
    /// Not known before it is looked at.
    case unknown

    fileprivate init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            case S_IFCHR, S_IFBLK: .device
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
struct FileStatus: Sendable {
    let kind: FileKind
    let identity: FileIdentity
    let size: Int
    /// Nanoseconds since 1970.
    let modified: Int

    /// - Parameter followsLink: whether a symbolic link stands for what it leads to.
    init(_ path: FilePath, followsLink: Bool) throws(Errno) {
        var status = stat()
        let result = unsafe path.withPlatformString { path in
            unsafe fstatat(AT_FDCWD, path, &status, followsLink ? 0 : AT_SYMLINK_NOFOLLOW)
        }
        guard result == 0 else { throw Errno(rawValue: errno) }
        kind = FileKind(mode: status.st_mode)
        identity = FileIdentity(
            device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
        size = Int(status.st_size)
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        // Years that do not fit (a file system may hold any) are cut off, not a trap.
        let (nanoseconds, overflows) = Int(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        modified = overflows ? (time.tv_sec < 0 ? .min : .max) : nanoseconds &+ Int(time.tv_nsec)
    }
}

extension FilePath {
    /// - Parameter bytes: as the system has them; they need not be text.
    init(bytes: [UInt8]) {
        unsafe self.init(platformString: bytes.map { CInterop.PlatformChar(bitPattern: $0) } + [0])
    }

    var bytes: [UInt8] {
        unsafe withPlatformString { start in
            unsafe UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(bitPattern: $0) }
        }
    }

    /// The bytes with a slash at their end, to set names behind.
    var folderBytes: [UInt8] {
        let bytes = bytes
        return bytes.last == ASCII.slash ? bytes : bytes + [ASCII.slash]
    }

    /// What it leads to, without symbolic links; nil where it leads nowhere.
    var real: FilePath? {
        unsafe withPlatformString { path in
            guard let real = unsafe realpath(path, nil) else { return nil }
            defer { unsafe free(real) }
            return unsafe FilePath(platformString: real)
        }
    }

    /// All the bytes of a file, where it is one and there are no more than `limit`.
    ///
    /// - Parameter followsLink: whether a symbolic link stands for what it leads to.
    func contents(limit: Int, followsLink: Bool) -> [UInt8]? {
        // What is not a file is never opened: a FIFO's opening would wait for its writer.
        guard let status = try? FileStatus(self, followsLink: followsLink), status.kind == .file, status.size <= limit
        else { return nil }
        let options: FileDescriptor.OpenOptions = [.closeOnExec, .nonBlocking]
        guard let file = try? FileDescriptor.open(self, .readOnly, options: options) else { return nil }
        defer { try? file.close() }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 << 10)
        while let count = try? unsafe part.withUnsafeMutableBytes({ unsafe try file.read(into: $0) }), count > 0 {
            bytes += part[..<count]
            guard bytes.count <= limit else { return nil }
        }
        return bytes
    }
}

extension FilePath.Component {
    var bytes: [UInt8] { FilePath(root: nil, components: self).bytes }
}
