import Foundation
import Testing

@testable import AlmanacAPI

#if canImport(Glibc)
    import Glibc
#endif

/// The installed program, as the daemon runs it.
@Suite(.timeLimit(.minutes(1)))
struct ProgramTests {
    @Test func `it answers on a private Unix socket, replaces one left there, and stops when its input ends`()
        async throws
    {
        try await withFolder { folder in
            let path = folder.appending(path: "a.sock").path
            // What a killed server leaves behind.
            try leaveSocket(at: path)
            let program = try Program(["--socket", path, "--exit-with-stdin"])
            try await program.listening()
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let answer = try request("/worldTime?city=Paris", at: path)
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer.contains("\"zone\":\"Europe/Paris\""))
            try program.closeInput()
            #expect(await program.exitStatus() == 0)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `it stops on SIGTERM and takes its socket away`() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "a.sock").path
            let program = try Program(["--socket", path])
            try await program.listening()
            program.terminate()
            #expect(await program.exitStatus() == 0)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `a file that is no socket is not replaced`() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "notes.txt")
            try "kept".write(to: file, atomically: true, encoding: .utf8)
            let program = try Program(["--socket", file.path])
            #expect(await program.exitStatus() == 1)
            #expect(try String(contentsOf: file, encoding: .utf8) == "kept")
        }
    }

    @Test(arguments: [
        [], ["--socket", "/tmp/a.sock", "--port", "1"], ["--port", "70000"],
        ["--socket", String(repeating: "a", count: 200)],
    ])
    func `it refuses to start without one place to listen`(arguments: [String]) async throws {
        let program = try Program(arguments)
        #expect(await program.exitStatus() == 64)
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almanac-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    /// Sends one GET and gives all that comes back.
    private func request(_ target: String, at path: String) throws -> String {
        let descriptor = try unsafe unixSocket { unsafe connect($0, $1, $2) }(path)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data("GET \(target) HTTP/1.1\r\nHost: almanac\r\nConnection: close\r\n\r\n".utf8))
        return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
    }

    /// Binds a socket and closes it, which leaves its file.
    private func leaveSocket(at path: String) throws {
        close(try unsafe unixSocket { unsafe bind($0, $1, $2) }(path))
        #expect(FileManager.default.fileExists(atPath: path))
    }

    /// A stream socket that `call` binds or connects to a path.
    private func unixSocket(
        _ call: @escaping (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> (String) throws -> Int32 {
        { path in
            #if os(Linux)
                let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            #else
                let descriptor = Darwin.socket(AF_UNIX, SOCK_STREAM, 0)
            #endif
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
            let size = socklen_t(MemoryLayout<sockaddr_un>.size)
            let result = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe call(descriptor, $0, size) }
            }
            guard result == 0 else {
                close(descriptor)
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
            }
            return descriptor
        }
    }
}

/// A running `almanac`; killed with the value.
private final class Program: Sendable {
    private let process = Process()
    private let input = Pipe()
    private let errors = Pipe()
    private let log: AsyncStream<Data>
    private let exits: AsyncStream<Int32>

    init(_ arguments: [String]) throws {
        let (exits, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.exits = exits
        let (log, lines) = AsyncStream.makeStream(of: Data.self)
        self.log = log
        errors.fileHandleForReading.readabilityHandler = { handle in
            let more = handle.availableData
            if more.isEmpty {
                handle.readabilityHandler = nil
                lines.finish()
            } else {
                lines.yield(more)
            }
        }
        process.executableURL = try Self.productsFolder().appending(path: "almanac")
        process.arguments = arguments
        process.standardInput = input
        process.standardError = errors
        process.terminationHandler = {
            continuation.yield($0.terminationStatus)
            continuation.finish()
        }
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Returns when the server says that it listens.
    func listening() async throws {
        var text = ""
        for await more in log {
            text += String(decoding: more, as: UTF8.self)
            if text.contains("listening") { return }
        }
        Issue.record("almanac ended: \(text)")
    }

    func closeInput() throws { try input.fileHandleForWriting.close() }

    func terminate() { process.terminate() }

    func exitStatus() async -> Int32? {
        for await status in exits { return status }
        return nil
    }

    /// Where the build put the program: beside the tests.
    private static func productsFolder() throws -> URL {
        #if os(Linux)
            return try #require(Bundle.main.executableURL).deletingLastPathComponent()
        #else
            let tests = try #require(Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") })
            return tests.bundleURL.deletingLastPathComponent()
        #endif
    }
}
