import Foundation
import Testing

@testable import Commands

@Suite(.timeLimit(.minutes(1))) struct DetachedProcessTests {
    @Test func `a detached process has a session of its own, no input, and writes to its log`() async throws {
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString.prefix(8))")
            .path
        defer { try? FileManager.default.removeItem(atPath: log) }
        // Ends when its input does, which is at once.
        let script = "cat; ps -o sid= -p $$; echo problem >&2; exit 3"
        let process = try DetachedProcess.start("/bin/sh", ["-c", script], log: log)
        var end: String?
        while end == nil {
            end = process.exitStatus()
            await Task.yield()
        }
        #expect(end == "exit status 3")
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(lines.map { $0.trimmingPrefix(" ") } == ["\(process.pid)", "problem"])
    }

    @Test func `a program that is not there is an error that names it`() {
        let error = #expect(throws: CommandError.self) {
            try DetachedProcess.start("/nowhere/squired", [], log: "/dev/null")
        }
        #expect(error?.message.contains("/nowhere/squired") == true)
    }

    @Test func `stopping asks a process to end and waits until it has`() async throws {
        let process = try DetachedProcess.start("/bin/sleep", ["1000"], log: "/dev/null")
        try await DaemonProcess(pid: Int(process.pid)).stop()
        #expect(process.exitStatus() == "signal 15")
        // It is gone: stopping it again is no error.
        try await DaemonProcess(pid: Int(process.pid)).stop()
    }
}
