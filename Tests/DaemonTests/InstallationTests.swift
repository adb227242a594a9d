import Foundation
import Testing

/// What `make install` puts in place (`scripts/install.sh`), and `make uninstall` takes away.
@Suite(.timeLimit(.minutes(3)))
struct InstallationTests {
    private static let programs = ["squire", "squired", "almanac"]

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// - Returns: what was written to standard output and standard error.
    private static func run(_ command: String) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["bash", "-c", command]
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    private func withTarget(_ body: (URL) throws -> Void) throws {
        let target = FileManager.default.temporaryDirectory.appending(path: "install-\(UUID().uuidString.prefix(8))")
        defer { try? FileManager.default.removeItem(at: target) }
        try body(target)
    }

    /// - Parameter action: `install` or `uninstall`.
    private func make(_ action: String, _ target: URL, mask: String = "022") throws {
        let done = try Self.run(
            """
            umask \(mask); export DESTDIR=\(target.path) SQUIRE_BUILD=\(RunningProgram.folder.path)
            bash \(Self.root.path)/scripts/install.sh \(action) /usr/local
            """)
        try #require(done.status == 0, "\(done.output)")
    }

    private func files(in target: URL) throws -> [String] {
        try #require(FileManager.default.enumerator(atPath: target.path)).compactMap { $0 as? String }
    }

    @Test(arguments: ["000", "077"])
    func `what is installed is readable for all and writable for its owner alone, whatever the mask`(mask: String)
        throws
    {
        try withTarget { target in
            try make("install", target, mask: mask)
            let paths = try files(in: target)
            for path in paths {
                let attributes = try FileManager.default.attributesOfItem(atPath: target.appending(path: path).path)
                let mode = try #require(attributes[.posixPermissions] as? Int)
                let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
                let isProgram = path.hasPrefix("usr/local/bin/") || path.hasSuffix("/squire-confine")
                #expect(mode == (isFolder || isProgram ? 0o755 : 0o644), "\(path)")
            }
            for path in [
                "bin/squired", "bin/almanac", "libexec/squire/squire-confine",
                "share/squire/manifests/almanac/openapi.yaml",
                "share/squire/squired.service", "share/doc/squire/README.md",
            ] { #expect(paths.contains("usr/local/\(path)")) }
        }
    }

    @Test func `each program has a man page and completions that its shell can read, and uninstalling leaves no file`()
        throws
    {
        try withTarget { target in
            try make("install", target)
            let share = target.appending(path: "usr/local/share").path
            for program in Self.programs {
                let page = try String(contentsOfFile: "\(share)/man/man1/\(program).1", encoding: .utf8)
                #expect(page.hasPrefix(".TH \(program.uppercased()) 1"))
                for (shell, check, path) in [
                    ("bash", "bash -n", "bash-completion/completions/\(program)"),
                    ("zsh", "zsh -n", "zsh/site-functions/_\(program)"),
                    ("fish", "fish --no-execute", "fish/vendor_completions.d/\(program).fish"),
                ] {
                    #expect(try String(contentsOfFile: "\(share)/\(path)", encoding: .utf8).contains(program))
                    // Shells that are not on this machine read nothing.
                    let read = try Self.run("! command -v \(shell) || \(check) \(share)/\(path)")
                    #expect(read.status == 0, "\(shell), \(program): \(read.output)")
                }
            }
            #expect(FileManager.default.fileExists(atPath: "\(share)/man/man1/squire-ask.1"))

            try make("uninstall", target)
            let left = try files(in: target).filter {
                !target.appending(path: $0, directoryHint: .checkFileSystem).hasDirectoryPath
            }
            #expect(left.isEmpty)
        }
    }

    @Test func `bash completes a command of squire and an option of squired`() throws {
        try withTarget { target in
            try make("install", target)
            let folder = target.appending(path: "usr/local/share/bash-completion/completions").path
            func completions(_ program: String, _ word: String) throws -> [String] {
                // What bash does when the tab key is pressed.
                try Self.run(
                    """
                    source \(folder)/\(program)
                    COMP_WORDS=(\(program) \(word)) COMP_CWORD=1 COMP_LINE="\(program) \(word)" COMP_POINT=${#COMP_LINE}
                    function=$(complete -p \(program) | sed -nE 's/.* -F ([^ ]+) .*/\\1/p')
                    "$function" \(program) \(word) \(program) 2>/dev/null
                    printf '%s\\n' "${COMPREPLY[@]}"
                    """
                ).output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            }
            #expect(try completions("squire", "conv") == ["conversation"])
            #expect(try completions("squired", "--conf") == ["--config"])
        }
    }
}
