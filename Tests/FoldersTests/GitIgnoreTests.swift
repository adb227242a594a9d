import Foundation
import SystemPackage
import Testing

@testable import Folders

@Suite struct GitIgnoreTests {
    @Test(arguments: [
        ("*.log", ["a.log", "d/b.log"]), ("/a.log", ["a.log"]), ("d/", ["d/b.log", "d/c.md"]),
        ("a.log/", []), ("d/*.log", ["d/b.log"]), ("**/b.log", ["d/b.log"]), ("d/**", ["d/b.log", "d/c.md"]),
        ("*.log\n!b.log", ["a.log"]), ("d\n!d/c.md", ["d/b.log", "d/c.md"]), ("d/*\n!d/c.md", ["d/b.log"]),
        ("# a.log", []), ("\\#x", ["#x"]), ("a.log   ", ["a.log"]), ("a.log\\ ", []),
        ("[a-b].log", ["a.log", "d/b.log"]),
        ("[!a].log", ["d/b.log"]), ("[^a].log", ["d/b.log"]), ("?.log", ["a.log", "d/b.log"]),
        ("[[:lower:]].md", ["d/c.md"]), ("a.log\r\n", ["a.log"]), ("\u{FEFF}a.log", ["a.log"]),
        ("\\a.log", ["a.log"]),
        ("*", ["#x", "a.log", "d/b.log", "d/c.md"]), ("*\n!*/\n!c.md", ["#x", "a.log", "d/b.log"]),
    ])
    func `a pattern leaves out what git leaves out`(_ text: String, _ ignored: [String]) throws {
        let folder = try FolderFixture()
        let all = ["#x", "a.log", "d/b.log", "d/c.md"]
        for name in all { try folder.write(name) }
        try folder.write(".gitignore", text)
        #expect(folder.walk() == all.filter { !ignored.contains($0) })
    }

    @Test func `what is nearer to a file decides, and a folder's patterns end at its own`() throws {
        let folder = try FolderFixture()
        for name in ["a.log", "keep/a.log", "keep/b/a.log", "anchor/x.md", "anchor/sub/x.md"] { try folder.write(name) }
        try folder.write(".gitignore", "*.log\n")
        try folder.write("keep/.gitignore", "!a.log\n")
        try folder.write("keep/b/.gitignore", "/a.log\n")
        try folder.write("anchor/.gitignore", "/x.md\n")
        #expect(folder.walk() == ["anchor/sub/x.md", "keep/a.log"])
    }

    @Test func `the files above a path count up to the top of its repository, and so does info/exclude`() throws {
        let folder = try FolderFixture()
        for name in ["repository/sub/a.md", "repository/sub/b.md", "repository/sub/c.md", "repository/sub/d.md"] {
            try folder.write(name)
        }
        try folder.write(".gitignore", "a.md")
        try folder.write("repository/.gitignore", "b.md")
        try folder.write("repository/.git/info/exclude", "c.md")
        #expect(folder.walk("repository/sub").count == 4, "an empty .git makes no repository")
        try folder.write("repository/.git/HEAD", "ref: refs/heads/main\n")
        #expect(folder.walk("repository/sub") == ["repository/sub/a.md", "repository/sub/d.md"])
        #expect(folder.walk() == ["repository/sub/a.md", "repository/sub/d.md"], "another repository begins there")
    }

    @Test func `a working tree finds its repository's exclude file`() throws {
        let folder = try FolderFixture()
        for name in ["tree/a.md", "tree/b.md"] { try folder.write(name) }
        try folder.write("main/.git/worktrees/tree/commondir", "../..\n")
        try folder.write("main/.git/info/exclude", "a.md\n")
        try folder.write("tree/.git", "gitdir: ../main/.git/worktrees/tree\n")
        #expect(folder.walk("tree") == ["tree/b.md"])
    }

    @Test(.enabled(if: Git.isThere))
    func `files are left out just as by git check-ignore`() throws {
        let folder = try FolderFixture()
        let git = Git(folder: folder.path)
        try git.run(["init", "-q"])
        let names = ["a", "b", "ab", "a.b", "b*", "[a]", "a b", "a ", "!a", "#b", "A", "a-b", "ba", "aab"]
        var files: [String] = []
        for name in names {
            for path in ["f\(name)", name, "x/\(name)", "x/y/\(name)", "a-b/x/\(name)", "y/x/\(name)"]
            where path != "a-b" && path != "x" {
                // A name may be a folder's already.
                if (try? folder.write(path)) != nil { files.append(path) }
            }
        }
        var random = Random(state: 7)
        for round in 0..<40 {
            for ignoreFile in [".gitignore", "x/.gitignore", "x/y/.gitignore", "a-b/.gitignore", ".git/info/exclude"] {
                let lines = (0..<random.number(5)).map { _ in Self.pattern(&random) }
                try folder.write(ignoreFile, lines.joined(separator: random.number(4) == 0 ? "\r\n" : "\n"))
            }
            let ignored = try git.ignored(files)
            let found = Set(folder.walk())
            let expected = Set(files).subtracting(ignored)
            if found != expected {
                let text = try [".gitignore", "x/.gitignore", "x/y/.gitignore", "a-b/.gitignore", ".git/info/exclude"]
                    .map { "\($0): \(try String(contentsOfFile: folder($0).string, encoding: .utf8).debugDescription)" }
                Issue.record(
                    "round \(round): only here \(found.subtracting(expected)), only git \(expected.subtracting(found)), \(text)"
                )
                return
            }
        }
    }

    private static func pattern(_ random: inout Random) -> String {
        let parts = [
            "a", "b", "ab", "x", "y", "*", "**", "/", "/", "?", "[ab]", "[!a]", "[^b]", "[a-c]", "[[:alpha:]]", "[]a]",
            "[a", "\\", "\\a", ".", " ", "-", "!", "#", "**/", "/**", "/**/", "*/", "[[:x:]]", "[a-", "[\\]a]", "A",
            "f",
            "\\ ", "\\*", "[[:punct:]]", "***", "[--a]",
        ]
        let start = ["", "", "", "/", "!", "!/", "**/", "#"][random.number(8)]
        return start + (0..<1 + random.number(4)).map { _ in parts[random.number(parts.count)] }.joined()
            + ["", "", "/", " "][random.number(4)]
    }
}

/// The same numbers each time (SplitMix64).
private struct Random {
    var state: UInt64

    mutating func number(_ below: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(below))
    }
}

/// The program.
private struct Git {
    static let path = "/usr/bin/git"
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    let folder: FilePath

    /// - Parameter allowed: exit codes that are no failure.
    @discardableResult
    func run(_ arguments: [String], input: String = "", allowed: [Int32] = [0]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = ["-C", folder.string] + arguments
        // Nothing of this machine's own configuration.
        process.environment = [
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": folder.string,
        ]
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        // Small enough for the pipe to hold all of it.
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(allowed.contains(process.terminationStatus))
        return String(decoding: output, as: UTF8.self)
    }

    func ignored(_ paths: [String]) throws -> Set<String> {
        let output = try run(
            ["check-ignore", "-z", "--stdin"], input: paths.map { $0 + "\0" }.joined(), allowed: [0, 1])
        return Set(output.split(separator: "\0").map(String.init))
    }
}
