import Foundation
import SystemPackage
import Testing

@testable import Folders

@Suite struct FolderWalkTests {
    @Test func `files come sorted by their bytes, those of a folder before those of its subfolders`() throws {
        let folder = try FolderFixture()
        for name in ["b.md", "a/z.md", "a/b/c.md", "Z.md", "a.md", "é.md", "c/d.md"] { try folder.write(name) }
        let expected = ["Z.md", "a.md", "b.md", "é.md", "a/z.md", "a/b/c.md", "c/d.md"]
        #expect(folder.walk() == expected)
        #expect(folder.walk() == expected, "and in the same order again")
    }

    @Test func `a file's size and time of change come with it`() throws {
        let folder = try FolderFixture()
        let path = try folder.write("a.md", "four")
        let date = Date(timeIntervalSince1970: 1_234_567_890)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path.string)
        let files = FolderWalk(folder.path, FolderSelection(followsLinks: false)).compactMap { element in
            if case .file(let file) = element { file } else { nil }
        }
        #expect(files == [FoundFile(path: path, size: 4, modified: 1_234_567_890_000_000_000)])
    }

    @Test func `hidden files and folders are left out, but not one that was named`() throws {
        let folder = try FolderFixture()
        for name in [".hidden", ".git/config", ".config/a.md", "a/.b/c", "a.md"] { try folder.write(name) }
        #expect(folder.walk() == ["a.md"])
        #expect(folder.walk(".config") == [".config/a.md"])
        #expect(folder.walk(".hidden") == [".hidden"])
    }

    @Test func `a path that is a file is that file, and one that is not there is told`() throws {
        let folder = try FolderFixture()
        try folder.write("a.md")
        #expect(folder.walk("a.md") == ["a.md"])
        #expect(folder.walk("b.md") == ["! b.md: unreadable"])
        #expect(folder.walk("a.md/b") == ["! a.md/b: unreadable"])
        try folder.folder("empty")
        #expect(folder.walk("empty") == [])
    }

    @Test func `links to files are read, those that lead nowhere or to themselves told`() throws {
        let folder = try FolderFixture()
        try folder.write("a.md")
        try folder.link("b.md", to: "a.md")
        try folder.link("dead", to: "nowhere")
        try folder.link("loop", to: "loop")
        #expect(
            folder.walk() == ["a.md", "b.md", "! dead: deadLink", "! loop: deadLink"])
    }

    @Test func `links to folders are gone into once, after all else, and never in circles`() throws {
        let folder = try FolderFixture()
        try folder.write("root/z/a.md")
        try folder.write("outside/b.md")
        try folder.link("root/a-link-to-z", to: "z")
        try folder.link("root/one", to: "../outside")
        try folder.link("root/two", to: "../outside")
        try folder.link("root/z/up", to: "..")
        try folder.link("root/z/top", to: "/")
        try folder.link("outside/back", to: "../root")
        #expect(
            folder.walk("root", followsLinks: true)
                == [
                    "root/z/a.md", "! root/a-link-to-z: alreadyRead", "root/one/b.md",
                    "! root/two: alreadyRead", "! root/z/top: alreadyRead",
                    "! root/z/up: alreadyRead", "! root/one/back: alreadyRead",
                ].sortedAsWalked(folder.walk("root", followsLinks: true)))
        #expect(
            folder.walk("root", followsLinks: true).filter { !$0.hasPrefix("!") } == ["root/z/a.md", "root/one/b.md"])
    }

    @Test func `links that lead out of the folder are told and not followed, to files and to folders, by any way`()
        throws
    {
        let folder = try FolderFixture()
        try folder.write("root/a.md")
        try folder.write("outside/secret.md")
        try folder.link("root/b-file", to: "../outside/secret.md")
        try folder.link("root/c-folder", to: "../outside")
        try folder.link("root/d-absolute", to: folder("outside/secret.md").string)
        try folder.link("root/e-twice", to: "b-file")
        try folder.link("root/f-within", to: "a.md")
        try folder.link("rootlike", to: "outside")
        try folder.link("root/g-prefix", to: "../rootlike")
        #expect(
            folder.walk("root") == [
                "root/a.md", "! root/b-file: linkOutside", "! root/c-folder: linkOutside",
                "! root/d-absolute: linkOutside", "! root/e-twice: linkOutside", "root/f-within",
                "! root/g-prefix: linkOutside",
            ])
        #expect(folder.walk("root", at: "root/c-folder/secret.md") == [])
        #expect(folder.walk("root", followsLinks: true).contains("root/b-file"))
    }

    @Test func `a folder that is itself named by a link is read`() throws {
        let folder = try FolderFixture()
        try folder.write("real/a.md")
        try folder.link("link", to: "real")
        #expect(folder.walk("link") == ["link/a.md"])
    }

    #if os(Linux)
        @Test(arguments: [true, false])
        func `the kernel's files are never read, though links may be followed`(followsLinks: Bool) throws {
            let folder = try FolderFixture()
            try folder.link("env.txt", to: "/proc/self/environ")
            try folder.link("sys", to: "/sys/kernel")
            try folder.write("z.md")
            #expect(
                folder.walk(followsLinks: followsLinks)
                    == ["! env.txt: ofKernel", "! sys: ofKernel", "z.md"])
            let found = Array(FolderWalk("/proc/self/environ", FolderSelection(followsLinks: followsLinks)))
            #expect(found.count == 1)
            if case .file = found.first { Issue.record("the environment of a process is read as a document") }
        }
    #endif

    @Test func `what is neither file nor folder is told and never opened`() throws {
        let folder = try FolderFixture()
        try folder.pipe("pipe")
        try folder.link("null", to: "/dev/null")
        try folder.write("z.md")
        #expect(
            folder.walk(followsLinks: true)
                == ["! null: device", "! pipe: pipe", "z.md"])
        try folder.pipe("sub.gitignore")
        try folder.folder("sub")
        try folder.pipe("sub/.gitignore")
        try folder.write("sub/a.md")
        #expect(folder.walk("sub") == ["sub/a.md"], "an ignore file that is a pipe is not waited for")
    }

    @Test(.enabled(if: getuid() != 0))
    func `a folder that may not be read is told and the rest goes on`() throws {
        let folder = try FolderFixture()
        for name in ["a/a.md", "b/b.md"] { try folder.write(name) }
        try folder.permissions("a", 0)
        defer { try? folder.permissions("a", 0o700) }
        #expect(folder.walk() == ["! a: unreadable", "b/b.md"])
    }

    @Test func `a path that is too long for the system is told and the rest goes on`() throws {
        let folder = try FolderFixture()
        try folder.write("z/z.md")
        let name = String(repeating: "d", count: 200)
        // Made from the inside out, since the system takes no path so long.
        for _ in 0..<25 {
            try folder.folder("next")
            if FileManager.default.fileExists(atPath: folder("deep").string) {
                try folder.rename("deep", to: "next/\(name)")
            }
            try folder.rename("next", to: "deep")
        }
        let found = folder.walk()
        #expect(found.count == 2)
        #expect(found.first?.hasSuffix("unreadable") == true)
        #expect(found.last == "z/z.md")
        // Foundation cannot remove it either.
        let removal = Process()
        removal.executableURL = URL(fileURLWithPath: "/bin/rm")
        removal.arguments = ["-rf", folder("deep").string]
        try removal.run()
        removal.waitUntilExit()
    }

    #if os(Linux)
        @Test func `names that are no UTF-8 keep their bytes`() throws {
            let folder = try FolderFixture()
            let path = try folder.write(bytes: [0x66, 0xFF, 0xFE, 0x2E, 0x6D, 0x64])
            let spaced = try folder.write(bytes: Array("a\n\tb".utf8))
            let found = Array(FolderWalk(folder.path, FolderSelection(followsLinks: false)))
            #expect(
                found.map { element in
                    if case .file(let file) = element { file.path.bytes } else { [] }
                } == [spaced.bytes, path.bytes])
            #expect(Array(FolderWalk(folder.path, FolderSelection(followsLinks: false)).at(path)).count == 1)
        }
    #endif

    @Test func `a part of a walk is what the whole finds there`() throws {
        let folder = try FolderFixture()
        for name in ["a/b/c.md", "a/b/.d", "a/e.log", "a/.h/i.md", "build/x.md", "f.md"] { try folder.write(name) }
        try folder.write(".gitignore", "*.log\n/build/\n")
        #expect(folder.walk(at: "a") == ["a/b/c.md"])
        #expect(folder.walk(at: "a/b/c.md") == ["a/b/c.md"])
        for other in ["a/b/.d", "a/e.log", "a/.h/i.md", "a/.h", "build", "build/x.md", "gone", "a/gone/x", "../x"] {
            #expect(folder.walk(at: other) == [], "\(other)")
        }
        #expect(folder.walk(at: "") == ["f.md", "a/b/c.md"])
    }

    @Test func `a link is part of a walk only where its folder is not read under its own name`() throws {
        let folder = try FolderFixture()
        try folder.write("root/real/a.md")
        try folder.write("root/.hidden/b.md")
        try folder.write("outside/c.md")
        try folder.link("root/inner", to: "real")
        try folder.link("root/secret", to: ".hidden")
        try folder.link("root/outer", to: "../outside")
        #expect(folder.walk("root", at: "root/inner") == ["! root/inner: alreadyRead"])
        #expect(folder.walk("root", at: "root/secret") == ["root/secret/b.md"])
        #expect(folder.walk("root", at: "root/outer", followsLinks: true) == ["root/outer/c.md"])
        #expect(folder.walk("root", at: "root/outer/c.md", followsLinks: true) == ["root/outer/c.md"])
    }

    @Test func `where ignore files are not obeyed, what they name is found like the rest`() throws {
        let folder = try FolderFixture()
        for name in ["a/b.log", "a/.hidden", "c.md"] { try folder.write(name) }
        try folder.write(".gitignore", "*\n")
        #expect(folder.walk() == [])
        #expect(folder.walk(obeysIgnoreFiles: false) == ["c.md", "a/b.log"])
        #expect(folder.walk("a", obeysIgnoreFiles: false) == ["a/b.log"])
    }

    @Test(arguments: [(1, 1), (2, 3), (3, 4), (4, 4)])
    func `a depth is the most names below the folder that a path has`(depth: Int, count: Int) throws {
        let folder = try FolderFixture()
        let names = ["a.md", "x/b.md", "z/d.md", "x/y/c.md"]
        for name in names { try folder.write(name) }
        #expect(folder.walk(depth: depth) == Array(names.prefix(count)).sortedAsWalked(folder.walk()))
        #expect(folder.walk(at: "x/y/c.md", depth: depth) == (depth < 3 ? [] : ["x/y/c.md"]))
        #expect(folder.walk(at: "x/y", depth: depth) == (depth < 3 ? [] : ["x/y/c.md"]))
    }

    @Test func `folders are found without their files, each before what is in it is read`() throws {
        let folder = try FolderFixture()
        for name in ["a/b/c.md", "d/e.md"] { try folder.write(name) }
        var names: [String] = []
        for case .folder(let path) in FolderWalk(folder.path, FolderSelection(followsLinks: false)).folders {
            names.append(folder.name(path))
            // Made after its folder was told: it is found yet.
            if folder.name(path) == "d" { try folder.folder("d/late") }
        }
        #expect(names == ["", "a", "a/b", "d", "d/late"])
    }
}

extension [String] {
    /// The same elements in the order of another list, for what comes in no order that matters.
    fileprivate func sortedAsWalked(_ walked: [String]) -> [String] {
        sorted { (walked.firstIndex(of: $0) ?? .max, $0) < (walked.firstIndex(of: $1) ?? .max, $1) }
    }
}
