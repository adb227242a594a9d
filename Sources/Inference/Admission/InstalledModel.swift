import Digest
import Foundation

/// A file of the shared cache, whose folder says what it must be.
struct InstalledModel {
    /// Its SHA-256 in hexadecimal, or the beginning of it.
    let sum: String

    /// - Returns: nil where the file is not in the cache: nobody knows what it should be.
    init?(at path: String, cache: String) {
        let folder = cache + "/models/"
        let parts = path.dropFirst(folder.count).split(separator: "/", omittingEmptySubsequences: false)
        guard path.hasPrefix(folder), parts.count == 2, parts[0].count >= 16, parts[0].allSatisfy(\.isHexDigit) else {
            return nil
        }
        let known = DefaultModels.files.first { $0.path == parts.joined(separator: "/") }
        // Of other files the folder is the beginning of the sum.
        sum = known?.sum ?? parts[0].lowercased()
    }

    /// The SHA-256 of a file, in hexadecimal.
    ///
    /// - Throws: what reading the file throws.
    static func sum(of path: String) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var hash = SHA256()
        while let part = try file.read(upToCount: 4 << 20), !part.isEmpty { hash.update(part) }
        return hash.finish().hexadecimal
    }
}
