import Foundation
import Testing

@testable import Ownership

struct LogFileTests {
    private func with(_ body: (LogFile) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/log-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(LogFile(path: folder + "/squired.log", limit: 100))
    }

    private func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    @Test func `a large log is moved away, a small one is not`() throws {
        try with { log in
            try String(repeating: "x", count: 100).write(toFile: log.path, atomically: true, encoding: .utf8)
            log.rotateIfLarge()
            #expect(text(log.earlier) == nil)
            try String(repeating: "y", count: 101).write(toFile: log.path, atomically: true, encoding: .utf8)
            log.rotateIfLarge()
            #expect(text(log.path) == nil && text(log.earlier)?.count == 101)
        }
    }

    @Test func `who writes to it goes on in the new one, for its owner alone`() throws {
        try with { log in
            let descriptor = unsafe open(log.path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            defer { close(descriptor) }
            let file = FileHandle(fileDescriptor: descriptor)
            try file.write(contentsOf: Data(String(repeating: "x", count: 200).utf8))
            log.rotateIfLarge([descriptor])
            try file.write(contentsOf: Data("next\n".utf8))
            #expect(text(log.path) == "next\n" && text(log.earlier)?.count == 200)
            #expect(try FileManager.default.attributesOfItem(atPath: log.path)[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `a log that others write is left to them, also behind a link`() throws {
        try with { log in
            try String(repeating: "x", count: 200).write(toFile: log.path, atomically: true, encoding: .utf8)
            let other = unsafe open("/dev/null", O_WRONLY)
            defer { close(other) }
            log.rotateIfLarge([other])
            #expect(text(log.path)?.count == 200)
            let link = LogFile(path: log.path + ".link", limit: 100)
            try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: log.path)
            link.rotateIfLarge()
            #expect(text(link.path)?.count == 200)
        }
    }

    @Test func `a link is not followed, and a pipe keeps nobody waiting`() throws {
        try with { log in
            let target = log.path + ".target"
            try FileManager.default.createSymbolicLink(atPath: log.path, withDestinationPath: target)
            #expect(throws: OwnershipError.self) { close(try log.open()) }
            #expect(!FileManager.default.fileExists(atPath: target))
            try FileManager.default.removeItem(atPath: log.path)
            #expect(unsafe mkfifo(log.path, 0o600) == 0)
            #expect(throws: OwnershipError.self) { close(try log.open()) }
        }
    }
}
