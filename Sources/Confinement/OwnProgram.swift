import Foundation

/// The program of this process, beside which others of Squire's lie.
package enum OwnProgram {
    package static let path: String =
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]

    package static var folder: String { (path as NSString).deletingLastPathComponent }

    /// Where the libraries are of this program and those beside it: the installation's folder, and where those lie that
    /// this process has loaded (Swift's, where they are not linked in).
    package static let libraryFolders: [String] = {
        let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
        let loaded = maps.split(separator: "\n").compactMap { line -> String? in
            guard let slash = line.firstIndex(of: "/"), line.contains(".so") else { return nil }
            return (String(line[slash...]) as NSString).deletingLastPathComponent
        }
        return ["\(folder)/../lib/squire"] + Set(loaded).sorted()
    }()
}
