import Foundation

/// A shell with `squire` on its path, and a home of its own.
struct ShellScript {
    let home: String
    var environment: [String: String] = [:]

    struct Result {
        var status: Int32
        var out: String
        var err: String
    }

    /// Runs a script of `sh` to its end.
    func run(_ script: String) async throws -> Result {
        let home = home
        let environment = environment
        // Waiting blocks a thread, and must not block one that the tests run on.
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Swift.Result { try Self.run(script, home: home, environment: environment) })
            }
        }
    }

    private static func run(_ script: String, home: String, environment: [String: String]) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.environment = Self.environment(home: home).merging(environment) { _, new in new }
        let (out, err) = (home + "/out.\(UUID().uuidString)", home + "/err.\(UUID().uuidString)")
        for path in [out, err] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: out)
        process.standardError = FileHandle(forWritingAtPath: err)
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            out: String(decoding: try Data(contentsOf: URL(fileURLWithPath: out)), as: UTF8.self),
            err: String(decoding: try Data(contentsOf: URL(fileURLWithPath: err)), as: UTF8.self))
    }

    static func environment(home: String) -> [String: String] {
        let own = ProcessInfo.processInfo.environment
        return [
            "PATH": "\(RunningProgram.folder.path):\(own["PATH"] ?? "/usr/bin:/bin")", "HOME": own["HOME"] ?? "/root",
            "SQUIRE_HOME": home, "XDG_CONFIG_HOME": home + "/config", "LC_ALL": "C.UTF-8", "TERM": "xterm",
            "XDG_CACHE_HOME": own["XDG_CACHE_HOME"] ?? "", "SQUIRE_CACHE": own["SQUIRE_CACHE"] ?? "",
        ]
    }
}
