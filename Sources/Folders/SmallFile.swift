import SystemPackage

/// A file that is read whole, as ignore files are.
enum SmallFile {
    /// All its bytes; nil where it is no regular file, may not be read, or has more than `limit`.
    ///
    /// - Parameter followsLink: whether a symbolic link stands for what it leads to.
    static func contents(of path: FilePath, limit: Int, followsLink: Bool) -> [UInt8]? {
        // To open some devices does something to them, so their kind is looked at before.
        guard (try? FileStatus(path, followsLink: followsLink))?.kind == .file else { return nil }
        // A FIFO that took the file's place would else wait for a writer.
        var options: FileDescriptor.OpenOptions = [.nonBlocking, .closeOnExec]
        if !followsLink { options.insert(.noFollow) }
        guard let file = try? FileDescriptor.open(path, .readOnly, options: options) else { return nil }
        return try? file.closeAfter {
            var bytes: [UInt8] = []
            while bytes.count <= limit {
                let part = try unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
                    count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                if part.isEmpty { return bytes }
                bytes += part
            }
            return nil
        }
    }
}
