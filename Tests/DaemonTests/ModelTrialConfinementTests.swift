import Confinement
import Foundation
import Inference
import Testing

@testable import Daemon

/// What a process may do that tries a model.
@Suite(.timeLimit(.minutes(1)), .enabled(if: ConfinementSupport.ofThisKernel.gap == nil))
struct ModelTrialConfinementTests {
    /// Runs a shell's line in the place of a trial.
    private func output(of line: String, model: String, home: String) throws -> String {
        let command = try ModelTrial.confined(
            ModelTrial.Command(program: "/bin/sh", arguments: ["-c", line]), model: model, protected: [home])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command.program)
        process.arguments = command.arguments
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    @Test(arguments: [true, false])
    func `it reads the model with its parts, also in the home, and no other file of the user's`(isInHome: Bool)
        async throws
    {
        try await withHome { home in
            let folder = isInHome ? home : home + "-models"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { if !isInHome { try? FileManager.default.removeItem(atPath: folder) } }
            for name in ["m-00001-of-00002.gguf", "m-00002-of-00002.gguf", "n.gguf", "squire.db"] {
                try Data("<\(name)>".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            let line =
                "cd \(folder); cat m-00001-of-00002.gguf m-00002-of-00002.gguf; cat n.gguf; cat squire.db; ls; echo x >>m-00001-of-00002.gguf; echo x >new"
            let said = try output(of: line, model: "\(folder)/m-00001-of-00002.gguf", home: home)
            #expect(said.contains("<m-00001-of-00002.gguf><m-00002-of-00002.gguf>"))
            #expect(!said.contains("<n.gguf>") && !said.contains("<squire.db>"))
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/new"))
            let model = try String(contentsOfFile: "\(folder)/m-00001-of-00002.gguf", encoding: .utf8)
            #expect(model == "<m-00001-of-00002.gguf>")
        }
    }

    @Test func `it has no socket of any kind, few open files, and goes first where memory is short`() async throws {
        try await withHome { home in
            let line = """
                perl -MSocket -e 'for (AF_UNIX, AF_INET, AF_INET6) { print socket(my $s, $_, SOCK_STREAM, 0) ? 1 : 0 }'
                echo; ulimit -n; cat /proc/self/oom_score_adj
                """
            let said = try output(of: line, model: "\(home)/m.gguf", home: home)
            #expect(said == "000\n65\n1000\n")
        }
    }
}
