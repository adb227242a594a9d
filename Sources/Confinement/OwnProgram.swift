import Foundation

/// The program of this process, beside which others of Squire's lie.
package enum OwnProgram {
    package static let path: String =
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]

    package static var folder: String { (path as NSString).deletingLastPathComponent }

    /// Where the libraries are of this program and those beside it: the installation's folder, and where those lie that
    /// this process has loaded (Swift's, where they are not linked in).
    package static let libraryFolders: [String] = {
        let loaded = maps.split(separator: "\n").compactMap { line -> String? in
            guard let slash = line.firstIndex(of: "/"), line.contains(".so") else { return nil }
            return (String(line[slash...]) as NSString).deletingLastPathComponent
        }
        return ["\(folder)/../lib/squire"] + Set(loaded).sorted()
    }()

    /// What is mapped into this process, a line each. The file has no size and is read a page at a time, so that Foundation's
    /// ways of reading a whole file give its beginning.
    private static var maps: String {
        guard let file = FileHandle(forReadingAtPath: "/proc/self/maps") else { return "" }
        defer { try? file.close() }
        var bytes = Data()
        while let part = try? file.read(upToCount: 1 << 16), !part.isEmpty { bytes += part }
        return String(decoding: bytes, as: UTF8.self)
    }
}
