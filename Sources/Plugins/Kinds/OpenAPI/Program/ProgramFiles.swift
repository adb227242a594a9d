import Foundation

/// What a program needs to run that is not the system's: the interpreter that a script names, and what was installed with it.
enum ProgramFiles {
    /// Files and folders, the program's own first.
    static func needed(by program: String, path: String? = ProcessInfo.processInfo.environment["PATH"]) -> [String] {
        var files: [String] = []
        var next: String? = program
        // An interpreter may be a script itself; the system follows a few such lines.
        for _ in 0..<4 {
            guard let file = next else { break }
            files.append(file)
            // A link leads to where it was installed: `.venv/bin/python` to the Python it was made with.
            let real = URL(fileURLWithPath: file).resolvingSymlinksInPath().standardizedFileURL.path
            if let folder = installation(of: real) { files.append(folder) }
            next = interpreter(of: real, path: path)
        }
        return files
    }

    /// The folder of one language's own installation, such as pyenv's and conda's, with its libraries. Folders in which much
    /// else is installed, or kept, are none.
    private static func installation(of program: String) -> String? {
        let bin = URL(fileURLWithPath: program).deletingLastPathComponent()
        guard bin.lastPathComponent == "bin" else { return nil }
        let folder = bin.deletingLastPathComponent().path
        guard folder != "/", folder != NSHomeDirectory(), folder != NSHomeDirectory() + "/.local",
            FileManager.default.fileExists(atPath: folder + "/lib")
        else { return nil }
        return folder
    }

    /// What a script's first line names, `#!/usr/bin/env NAME` looked up as env(1) does; nil for programs of other kinds.
    private static func interpreter(of program: String, path: String?) -> String? {
        guard let line = scriptLine(of: program) else { return nil }
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let named = words.first, named.hasPrefix("/") else { return nil }
        guard (named as NSString).lastPathComponent == "env" else { return named }
        // Its options and variables come before the name.
        guard let name = words.dropFirst().first(where: { !$0.hasPrefix("-") && !$0.contains("=") }) else {
            return named
        }
        if name.hasPrefix("/") { return name }
        // A script in the place of an interpreter, as pyenv's shims are, runs others that cannot be foreseen. It is not granted,
        // so that env goes on to the next folder.
        return (path ?? "").split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) && scriptLine(of: $0) == nil }
    }

    /// What stands behind `#!` in a script's first line; nil for programs of other kinds.
    private static func scriptLine(of program: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: program),
            let beginning = try? file.read(upToCount: 256), beginning.starts(with: Data("#!".utf8))
        else { return nil }
        return String(decoding: beginning.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
