package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Names of one folder with their kinds: the bytes in one buffer, since a folder may hold a million.
package struct FolderNames {
    private struct Entry {
        let start: Int
        let count: UInt16
        let kind: FileKind
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    var count: Int { entries.count }

    subscript(index: Int) -> (name: ArraySlice<UInt8>, kind: FileKind) {
        let entry = entries[index]
        return (bytes[entry.start..<entry.start + Int(entry.count)], entry.kind)
    }

    mutating func append(_ name: some Collection<UInt8>, _ kind: FileKind) {
        entries.append(Entry(start: bytes.count, count: UInt16(name.count), kind: kind))
        bytes += name
    }

    /// Orders the names by their bytes, whatever order the file system gave them in.
    mutating func sort() {
        let bytes = bytes
        entries.sort { one, other in
            bytes[one.start..<one.start + Int(one.count)].lexicographicallyPrecedes(
                bytes[other.start..<other.start + Int(other.count)])
        }
    }

    /// Calls `body` with each name in a folder but `.` and `..`, in the file system's order.
    ///
    /// - Throws: why the folder cannot be read, also where that is so from its middle on.
    package static func forEach(
        in folder: FilePath, _ body: ([UInt8], FileKind) -> Void
    ) throws(Errno) {
        guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
            throw Errno(rawValue: errno)
        }
        defer { unsafe closedir(stream) }
        // The entry may be shorter than its type, so that it is never copied whole.
        guard let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) else { return }
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else { throw Errno(rawValue: errno) }
                return
            }
            let start = unsafe UnsafeRawPointer(entry).advanced(by: nameOffset).assumingMemoryBound(to: UInt8.self)
            let count = unsafe strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))
            let name = unsafe Array(UnsafeBufferPointer(start: start, count: count))
            if name != [UInt8.dot], name != [UInt8.dot, UInt8.dot] {
                body(name, unsafe FileKind(entry: entry.pointee.d_type))
            }
        }
    }
}
