import Foundation
import Testing

/// How the programs are built, looked at with binutils' readelf.
@Suite(.timeLimit(.minutes(2)))
struct ProgramHardeningTests {
    private static func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }

    @Test(arguments: ["squire", "squired", "almanac", "squire-confine"])
    func `programs are position-independent, bind at their start, and close their tables`(name: String) throws {
        let path = RunningProgram.folder.appending(path: name).path
        #expect(try Self.output("readelf", ["-hW", path]).contains("DYN (Position-Independent Executable file)"))
        let segments = try Self.output("readelf", ["-lW", path])
        #expect(segments.contains("GNU_RELRO"))
        let stack = try #require(segments.split(separator: "\n").first { $0.contains("GNU_STACK") })
        #expect(!stack.contains("RWE"))
        let dynamic = try Self.output("readelf", ["-dW", path])
        #expect(dynamic.contains("BIND_NOW") || dynamic.contains("NOW"))
        #expect(!dynamic.contains("TEXTREL"))
    }

    @Test func `the libraries that were built for squired close their tables too, and have the stack protector`() throws
    {
        let folder = RunningProgram.folder.deletingLastPathComponent().appending(path: "lib/squire")
            .resolvingSymlinksInPath()
        // There are none where the system's own libllama is used.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasSuffix(".so") && (name.hasPrefix("libllama") || name.hasPrefix("libggml")) {
            let path = folder.appending(path: name).path
            #expect(try Self.output("readelf", ["-lW", path]).contains("GNU_RELRO"), "\(name)")
            #expect(try Self.output("readelf", ["-dW", path]).contains("BIND_NOW"), "\(name)")
            // The kernels compute on what others have checked (scripts/patches/stack-protector.patch).
            guard !name.hasPrefix("libggml-cpu") else { continue }
            #expect(try Self.output("readelf", ["-sW", path]).contains("__stack_chk_fail"), "\(name)")
        }
    }

    @Test func `C of our own has the stack protector`() throws {
        let path = RunningProgram.folder.appending(path: "squire-confine").path
        #expect(try Self.output("readelf", ["-sW", path]).contains("__stack_chk_fail"))
    }

    @Test func `squired says so on a processor that its libraries were not built for, before they are used`() throws {
        // Beside the programs: a link of the same file needs the same file system.
        let top = RunningProgram.folder.appending(path: "moved-\(UUID().uuidString.prefix(8))")
        let files = FileManager.default
        for name in ["bin", "lib/squire"] {
            try files.createDirectory(at: top.appending(path: name), withIntermediateDirectories: true)
        }
        defer { try? files.removeItem(at: top) }
        try files.linkItem(
            at: RunningProgram.folder.appending(path: "squired"), to: top.appending(path: "bin/squired"))
        let libraries = RunningProgram.folder.deletingLastPathComponent().appending(path: "lib/squire")
            .resolvingSymlinksInPath()
        for library in try files.contentsOfDirectory(atPath: libraries.path) where library.contains(".so") {
            try files.createSymbolicLink(
                at: top.appending(path: "lib/squire/\(library)"),
                withDestinationURL: libraries.appending(path: library).resolvingSymlinksInPath())
        }
        func version() throws -> (Int32, String) {
            let process = Process()
            process.executableURL = top.appending(path: "bin/squired")
            process.arguments = ["--version"]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: data, as: UTF8.self))
        }
        let list = top.appending(path: "lib/squire/processor")
        try Data("fpu\navx9000\nsve7\n".utf8).write(to: list)
        let refused = try version()
        #expect(refused.0 == 1)
        #expect(
            refused.1.contains("built for another processor: this one lacks") && refused.1.contains("avx9000, sve7"))
        // What this processor has is no reason, and neither is a list that is not there.
        let line = try #require(
            String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8).split(separator: "\n").first {
                $0.hasPrefix("flags") || $0.hasPrefix("Features")
            })
        let sets = line.split(separator: ":")[1].split(separator: " ").joined(separator: "\n")
        try Data(sets.utf8).write(to: list)
        #expect(try version().0 == 0)
        try files.removeItem(at: list)
        #expect(try version().0 == 0)
    }
}
