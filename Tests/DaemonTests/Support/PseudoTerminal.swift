import Foundation
import Synchronization

/// A program at a terminal of its own (script(1)), with keys to press and a screen to read.
final class PseudoTerminal: Sendable {
    private let process: Process
    private let keys = Pipe()
    private let screen = Pipe()
    /// Written by the pipe's thread.
    private let shown = Mutex(Data())

    /// - Parameter command: of the shell.
    init(_ command: String, home: String, columns: Int = 40) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
        process.arguments = ["-qfec", "stty cols \(columns) rows 24; exec \(command)", "/dev/null"]
        process.environment = ShellScript.environment(home: home).merging(["NO_COLOR": "1"]) { _, new in new }
        process.standardInput = keys
        process.standardOutput = screen
        process.standardError = screen
        screen.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let bytes = handle.availableData
            self?.shown.withLock { $0 += bytes }
        }
        try process.run()
    }

    deinit {
        screen.fileHandleForReading.readabilityHandler = nil
        if process.isRunning { process.terminate() }
    }

    /// All that was written to the screen.
    var text: String { String(decoding: shown.withLock { $0 }, as: UTF8.self) }

    func press(_ text: String) throws {
        try keys.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    /// Returns when the text was written `count` times.
    func wait(for text: String, count: Int = 1) async throws {
        try await eventually { self.text.components(separatedBy: text).count > count }
    }

    /// - Returns: the exit status, once it has ended.
    func end() async throws -> Int32 {
        try await eventually { !self.process.isRunning }
        return process.terminationStatus
    }
}
