import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file's bytes, as they were at one moment.
enum FileContents {
    /// - Parameters:
    ///   - name: of the file, in messages.
    ///   - didRead: called after the bytes were read, before it is looked whether they changed.
    /// - Throws: `unreadable`, `unsupported` where it is no regular file, `tooLarge`.
    static func read(
        _ path: FilePath, name: String, limit: Int, didRead: (FilePath) -> Void = { _ in }
    ) throws(RetrievalError) -> [UInt8] {
        for _ in 0..<2 {
            if let bytes = try attempt(path, name: name, limit: limit, didRead: didRead) { return bytes }
        }
        throw RetrievalError(
            .unreadable,
            "\(name) was not read: it changed twice while it was read; add it again when it no longer changes")
    }

    /// - Returns: nil where it changed meanwhile.
    private static func attempt(
        _ path: FilePath, name: String, limit: Int, didRead: (FilePath) -> Void
    ) throws(RetrievalError) -> [UInt8]? {
        do {
            // To open some devices does something to them, so their kind is looked at before, and again after, lest it
            // be replaced between the two.
            try check(try path.stat(), name: name, limit: limit)
            // A FIFO that took the file's place would else wait for a writer.
            let file = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
            return try file.closeAfter {
                let before = try file.stat()
                try check(before, name: name, limit: limit)
                let bytes = try all(of: file, size: Int(before.size), limit: limit)
                didRead(path)
                guard bytes.count <= limit else { throw tooLarge(name, limit: limit) }
                let after = try file.stat()
                let isSame =
                    before.size == after.size && before.st_mtim.tv_sec == after.st_mtim.tv_sec
                    && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec
                // Files of the kernel's say that they are empty.
                return isSame && (bytes.count == before.size || before.size == 0) ? bytes : nil
            }
        } catch let error as RetrievalError {
            throw error
        } catch {
            throw RetrievalError(.unreadable, "\(name) cannot be read: \(reason(error))", cause: error)
        }
    }

    private static func check(_ status: Stat, name: String, limit: Int) throws(RetrievalError) {
        let kind: String? =
            switch status.type {
            case .regular: nil
            case .directory: "a folder"
            case .fifo: "a FIFO"
            case .socket: "a socket"
            case .characterSpecial, .blockSpecial: "a device"
            default: "no regular file"
            }
        if let kind {
            throw RetrievalError(
                .unsupported, "\(name) cannot be read as a document, since it is \(kind); name regular files")
        }
        if status.size > limit { throw tooLarge(name, limit: limit) }
    }

    private static func tooLarge(_ name: String, limit: Int) -> RetrievalError {
        RetrievalError(
            .tooLarge, "\(name) is larger than \(limit >> 20) MiB, which is the limit; split it and add the parts")
    }

    /// - Returns: one byte more than the limit at most.
    private static func all(of file: FileDescriptor, size: Int, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        // One byte more than there should be, so that the end is seen without another round.
        var room = size + 1
        while bytes.count <= limit {
            let part = try unsafe [UInt8](unsafeUninitializedCapacity: min(room, limit + 1 - bytes.count)) {
                buffer, count in
                while count < buffer.count {
                    let read = try unsafe file.read(
                        into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]))
                    if read == 0 { break }
                    count += read
                }
            }
            if part.isEmpty { break }
            if bytes.isEmpty { bytes = part } else { bytes += part }
            if size > 0, part.count < room { break }
            room = 65536
        }
        return bytes
    }

    private static func reason(_ error: any Error) -> String {
        switch error as? Errno {
        case .noSuchFileOrDirectory: "there is no such file; check its name"
        case .permissionDenied, .notPermitted: "you may not read it; change its permissions (`chmod u+r`)"
        case .tooManySymbolicLinkLevels: "its symbolic links form a cycle; fix or remove them"
        case .notDirectory: "a part of its path is not a folder; check the path"
        case .fileNameTooLong: "its name is too long for this file system"
        case .some(let error): "the system says: \(error)"
        case .none: "\(error)"
        }
    }
}
