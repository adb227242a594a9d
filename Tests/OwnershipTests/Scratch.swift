import Foundation
import Testing

/// Runs `body` with a new folder of this user's, which is removed afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/own-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(URL(fileURLWithPath: folder).resolvingSymlinksInPath().path)
}

func makeFolder(_ path: String, mode: Int) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    // Not by the attributes of making it, which the mask of this process would cut.
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

func write(_ text: String, to path: String, mode: Int = 0o600) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
}

/// Gives a file or link itself to another user, which only root may.
func giveAway(_ path: String) throws {
    try #require(unsafe lchown(path, 65_534, 65_534) == 0)
}

let isRoot = geteuid() == 0

/// A socket that is bound at a path; it listens where asked.
struct BoundSocket: ~Copyable {
    private let descriptor: CInt

    init(_ path: String, listens: Bool = true) throws {
        #if canImport(Glibc)
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        if listens { try #require(listen(descriptor, 1) == 0) }
    }

    deinit {
        close(descriptor)
    }
}
