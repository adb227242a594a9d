import Foundation
import SystemPackage
import Testing

@testable import Folders

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder in the system's temporary one, removed with all in it at the end.
final class FolderFixture: Sendable {
    let path: FilePath

    init() throws {
        // Links on the way (macOS's /tmp) would make other paths of it.
        let temporary = try #require(FilePath(FileManager.default.temporaryDirectory.path).real)
        path = temporary.appending("folders-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    func callAsFunction(_ name: String) -> FilePath { path.appending(name) }

    /// Writes a file and makes the folders above it.
    @discardableResult
    func write(_ name: String, _ text: String = "text") throws -> FilePath {
        let file = path.appending(name)
        try folder(file.removingLastComponent())
        try Data(text.utf8).write(to: URL(fileURLWithPath: file.string))
        return file
    }

    func folder(_ name: String) throws { try folder(path.appending(name)) }

    private func folder(_ path: FilePath) throws {
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
    }

    /// - Parameter target: as the link holds it.
    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path.appending(name).string, withDestinationPath: target)
    }

    func rename(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: path.appending(name).string, toPath: path.appending(other).string)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path.appending(name).string)
    }

    func permissions(_ name: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path.appending(name).string)
    }

    /// Makes an empty file whose name need not be text.
    func write(bytes name: [UInt8]) throws -> FilePath {
        let file = FilePath(bytes: path.folderBytes + name)
        let descriptor = try FileDescriptor.open(
            file, .writeOnly, options: [.create], permissions: [.ownerReadWrite])
        try descriptor.close()
        return file
    }

    func pipe(_ name: String) throws {
        let result = unsafe path.appending(name).withPlatformString { unsafe mkfifo($0, 0o600) }
        try #require(result == 0)
    }

    /// What a walk finds, each as it reads below the folder: `a/b`, `! a/b: kind`.
    func walk(
        _ root: String = "", at path: String? = nil, followsLinks: Bool = false, obeysIgnoreFiles: Bool = true,
        depth: Int? = nil
    ) -> [String] {
        let selection = FolderSelection(followsLinks: followsLinks, obeysIgnoreFiles: obeysIgnoreFiles, depth: depth)
        let walk = FolderWalk(root.isEmpty ? self.path : self.path.appending(root), selection)
        return (path.map { walk.at(self.path.appending($0)) } ?? walk).map { element in
            switch element {
            case .file(let file): name(file.path)
            case .failed(let path, let problem): "! \(name(path)): \(name(of: problem))"
            case .folder(let path): name(path) + "/"
            }
        }
    }

    private func name(of problem: FolderProblem) -> String {
        switch problem {
        case .unreadable: "unreadable"
        case .deadLink: "deadLink"
        case .ofKernel: "ofKernel"
        case .noFile(let kind): "\(kind)"
        case .alreadyRead: "alreadyRead"
        case .linkOutside: "linkOutside"
        }
    }

    func name(_ path: FilePath) -> String {
        var path = path
        return path.removePrefix(self.path) ? path.string : path.string
    }
}
