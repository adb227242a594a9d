import Confinement
import Foundation
import Testing

/// What Landlock keeps from; a kernel without it is told apart by `status`.
@Suite(.timeLimit(.minutes(1)), .enabled(if: ConfinementSupport.ofThisKernel.landlock != nil))
struct FileConfinementTests {
    @Test func `a program reads what it was granted, and nothing else`() throws {
        try withFolder { folder in
            try Data("granted\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/granted"))
            try Data("private\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/private"))
            let run = try ConfinedRun.shell(
                "cat \(folder)/granted; cat \(folder)/private; ls \(folder)", Confinement(read: ["\(folder)/granted"]))
            #expect(run.output.contains("granted\n") && !run.output.contains("private\n"))
            #expect(run.status != 0)
        }
    }

    @Test func `a folder that may be read may not be written, and one that may be written may not be run from`() throws
    {
        try withFolder { folder in
            for name in ["in", "out"] {
                try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
            }
            let line = """
                echo x >\(folder)/out/new && echo wrote
                echo x >\(folder)/in/new || echo kept
                cp /bin/true \(folder)/out/program; \(folder)/out/program || echo "not run"
                """
            let run = try ConfinedRun.shell(line, Confinement(read: ["\(folder)/in"], write: ["\(folder)/out"]))
            #expect(run.output.contains("wrote") && run.output.contains("kept") && run.output.contains("not run"))
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/in/new"))
        }
    }

    @Test func `a folder around a protected one is granted without it, whatever link leads there`() throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/a/home", withIntermediateDirectories: true)
            for name in ["a/home/secret", "a/public", "own"] {
                try Data("\(name)\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/link", withDestinationPath: "\(folder)/a/home")
            let run = try ConfinedRun.shell(
                "cd \(folder); cat own a/public a/home/secret link/secret",
                Confinement(read: [folder, "\(folder)/link"], write: [folder], protected: ["\(folder)/link"]))
            #expect(run.output.contains("own\n") && run.output.contains("a/public\n"))
            #expect(!run.output.contains("home/secret\n"))
        }
    }

    @Test func `its own folder may be written although it lies in a protected one, and nothing beside it`() throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/own", withIntermediateDirectories: false)
            let run = try ConfinedRun.shell(
                "echo x >\(folder)/own/new && echo wrote; echo x >\(folder)/new || echo kept",
                Confinement(write: [folder], protected: [folder], own: "\(folder)/own"))
            #expect(run.output.contains("wrote") && run.output.contains("kept"))
        }
    }

    @Test func `a program looks into no other process, and reads nothing of root's`() throws {
        let pid = ProcessInfo.processInfo.processIdentifier
        let run = try ConfinedRun.shell(
            "cat /proc/\(pid)/environ >/dev/null || echo closed; cat /etc/shadow >/dev/null || echo kept",
            Confinement())
        #expect(run.output.contains("closed") && run.output.contains("kept"))
    }

    @Test func `where there is no Landlock, the program runs all the same, and what else keeps it holds`() throws {
        try withFolder { folder in
            try Data("readable\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/file"))
            let run = try ConfinedRun.shell(
                "cat \(folder)/file; grep -E '^(NoNewPrivs|Seccomp|CapEff):' /proc/self/status", Confinement(),
                landlock: 0)
            #expect(run.status == 0)
            #expect(run.output.contains("readable"))
            #expect(run.output.contains("NoNewPrivs:\t1") && run.output.contains("CapEff:\t0000000000000000"))
        }
    }

    @Test(arguments: 1...7)
    func `each version of Landlock that a kernel may have is used for what it can`(version: Int) throws {
        try withFolder { folder in
            try Data("private\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/file"))
            let run = try ConfinedRun.shell(
                "cat \(folder)/file || echo kept", Confinement(), landlock: version)
            #expect(run.output.contains("kept") && !run.output.contains("private"))
        }
    }
}
