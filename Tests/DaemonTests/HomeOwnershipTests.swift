import Foundation
import Ownership
import SquireClient
import SquireProtocol
import Testing

/// What others may have put where a daemon keeps its things.
@Suite(.timeLimit(.minutes(2)))
struct HomeOwnershipTests {
    /// No model is loaded: what is tried here ends before, or needs none.
    private static let settings = ["SQUIRE_MODEL_PATH": "/nowhere.gguf", "SQUIRE_EMBEDDING_PATH": "/nowhere.gguf"]

    private func refusal(_ home: String, _ arguments: [String] = [], settings: [String: String] = [:]) async throws
        -> String
    {
        let ended = try await SquiredProcess.run(
            home: home, arguments: arguments, settings: Self.settings.merging(settings) { $1 })
        #expect(ended.status == 1)
        return ended.error
    }

    @Test func `whatever the mask of the one who starts it, all that the daemon makes is its user's alone`()
        async throws
    {
        try await withHome { home in
            let program = RunningProgram.folder.appending(path: "squired").path
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = ["-c", "umask 000; exec \(program) --home \(home)"]
            shell.environment = ProcessInfo.processInfo.environment.merging(Self.settings) { $1 }
                .merging(["SQUIRE_CONFIG": "\(home)/none"]) { $1 }
            shell.standardError = FileHandle.nullDevice
            try shell.run()
            defer { shell.terminate() }
            try await eventually { SocketPlace.answers("\(home)/squire.sock") }
            let files = try #require(FileManager.default.enumerator(atPath: home)).compactMap { $0 as? String }
            #expect(files.contains("squire.db") && files.contains("squired.lock"))
            for file in files {
                let facts = try #require(FileFacts(at: "\(home)/\(file)"))
                #expect(facts.mode & 0o077 == 0, "\(file)")
            }
        }
    }

    @Test(arguments: ["squired.lock", "squire.db", "squire.db-wal", "squire.db-journal"])
    func `a lock, a database or one of its side files that is a link is refused by name, and what it leads to stays`(
        name: String
    ) async throws {
        try await withHome { home in
            let victim = home + "-victim"
            try Data("precious\n".utf8).write(to: URL(fileURLWithPath: victim))
            defer { try? FileManager.default.removeItem(atPath: victim) }
            try FileManager.default.createSymbolicLink(atPath: "\(home)/\(name)", withDestinationPath: victim)
            #expect(try await refusal(home).contains("/\(name) is a symbolic link"))
            #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious\n")
        }
    }

    @Test(.enabled(if: geteuid() == 0))
    func `a database of another user is refused by that user's name`() async throws {
        try await withHome { home in
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: home)
            try Data().write(to: URL(fileURLWithPath: "\(home)/squire.db"))
            try #require(unsafe chown("\(home)/squire.db", 65_534, 65_534) == 0)
            #expect(try await refusal(home).contains("/squire.db belongs to nobody (65534)"))
        }
    }

    @Test func `a folder that everybody uses is no home, and keeps its mode`() async throws {
        try await withHome { home in
            try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: home)
            #expect(try await refusal(home).contains("is shared"))
            #expect(try FileManager.default.attributesOfItem(atPath: home)[.posixPermissions] as? Int == 0o1777)
            // What the test itself put there.
            #expect(try FileManager.default.contentsOfDirectory(atPath: home) == ["config.yaml"])
        }
    }

    @Test func `folders of the user's own in the home stay as they are, whatever they are called`() async throws {
        try await withHome { home in
            for name in ["run", "servers"] {
                try FileManager.default.createDirectory(
                    atPath: "\(home)/\(name)/precious", withIntermediateDirectories: true)
            }
            try await SquiredProcess.withDaemon(home: home, settings: Self.settings) { _ in }
            for name in ["run", "servers"] {
                #expect(FileManager.default.fileExists(atPath: "\(home)/\(name)/precious"))
            }
        }
    }

    @Test func `a socket is not made where others could replace it`() async throws {
        try await withHome { home in
            let folder = home + "-open"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
            let text = try await refusal(home, ["--socket", "\(folder)/s.sock"])
            #expect(text.contains("\(folder) can be written by other users"))
        }
    }

    @Test func `a configuration that others can write is refused, and one with a token that others can read`()
        async throws
    {
        try await withHome { home in
            let path = home + "/config.yaml"
            func write(_ text: String, mode: Int) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            }
            try write("log: {level: info}\n", mode: 0o666)
            #expect(try await refusal(home).contains("\(path) is writable by others"))
            try write("gateway: {token: open-sesame}\n", mode: 0o644)
            #expect(try await refusal(home).contains("holds gateway.token and is readable by others"))
            try write("gateway: {token: open-sesame}\n", mode: 0o600)
            try await SquiredProcess.withDaemon(home: home, settings: Self.settings) { _ in }
        }
    }

    @Test func `a home with a long path has its plugins' sockets elsewhere, also where somebody took that place`()
        async throws
    {
        try await withHome { top in
            let home = top + "/" + String(repeating: "l", count: 80)
            let runtime = top + "/runtime"
            try FileManager.default.createDirectory(
                atPath: runtime, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            let settings = Self.settings.merging([
                "XDG_RUNTIME_DIR": runtime, "SQUIRE_SOCKET": "\(top)/s.sock", "SQUIRE_CONFIG": "\(top)/none",
            ]) { $1 }
            func folders() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: runtime).sorted() }
            func run() async throws -> [String] {
                let program = try await RunningProgram.start(
                    ["--home", home, "--socket", "\(top)/s.sock"],
                    environment: ProcessInfo.processInfo.environment.merging(settings) { $1 })
                _ = await program.waitForError(containing: "] ready")
                let made = try folders()
                program.send(SIGTERM)
                _ = await program.waitForEnd()
                return made
            }
            let first = try await run()
            #expect(first.count == 1)
            // It is removed at the end.
            #expect(try folders().isEmpty)
            let place = "\(runtime)/\(try #require(first.first))"
            try FileManager.default.createDirectory(atPath: "\(place)/theirs", withIntermediateDirectories: true)
            let second = try await run()
            #expect(second.count == 2)
            #expect(try folders() == first)
            #expect(FileManager.default.fileExists(atPath: "\(place)/theirs"))
        }
    }

    @Test(arguments: ["2>&-", "2>/dev/full", "0<&- 1>&- 2>&-", "2>&1 | exit"])
    func `the daemon writes no core file, and starts although its standard error is closed, full or nobody's`(
        redirection: String
    ) async throws {
        try await withHome { home in
            let program = RunningProgram.folder.appending(path: "squired").path
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = ["-c", "\(program) --home \(home) \(redirection)"]
            shell.environment = ProcessInfo.processInfo.environment.merging(Self.settings) { $1 }
                .merging(["SQUIRE_CONFIG": "\(home)/none"]) { $1 }
            shell.standardError = FileHandle.nullDevice
            try shell.run()
            try await eventually { SocketPlace.answers("\(home)/squire.sock") }
            let pid = try await SquireClient.withClient(socket: "\(home)/squire.sock") { client in
                try await client.call(Status.self).pid
            }
            defer { kill(pid_t(pid), SIGKILL) }
            let limits = try String(contentsOfFile: "/proc/\(pid)/limits", encoding: .utf8)
            let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
            #expect(core.split(separator: " ").filter { $0 == "0" }.count == 2)
            // What is written to standard error goes nowhere else: the database is whole.
            let database = try Data(contentsOf: URL(fileURLWithPath: "\(home)/squire.db"))
            #expect(database.starts(with: Data("SQLite format 3".utf8)))
        }
    }

    @Test(arguments: ["2>&-", "2>/dev/full"], ["--home /dev/null/x", "--no-such-option"])
    func `a daemon that cannot start and cannot say why ends with its status, and not by a signal`(
        redirection: String, arguments: String
    ) async throws {
        let program = RunningProgram.folder.appending(path: "squired").path
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "\(program) \(arguments) \(redirection)"]
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == (arguments.hasPrefix("--home") ? 1 : 64))
    }
}
