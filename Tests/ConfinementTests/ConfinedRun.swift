import Confinement
import Foundation

/// A program that was run confined, to its end.
struct ConfinedRun {
    var status: Int32
    var output: String

    /// Runs a shell's line.
    static func shell(
        _ line: String, _ confinement: Confinement, landlock: Int? = nil, environment: [String: String]? = nil
    ) throws -> ConfinedRun {
        var confiner = try Confiner.installed()
        confiner.landlock = landlock
        let command = confiner.command(confinement, running: "/bin/sh", ["-c", line])
        return try start(command.program, command.arguments, environment: environment).end()
    }

    /// A program that runs, and the pipe its two outputs go to.
    struct Running {
        let process: Process
        let pipe: Pipe

        func end() throws -> ConfinedRun {
            let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return ConfinedRun(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
        }
    }

    static func start(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil
    ) throws -> Running {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        if let environment { process.environment = environment }
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        return Running(process: process, pipe: pipe)
    }
}

/// Runs `body` with a new folder, which is removed afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/confine-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}
