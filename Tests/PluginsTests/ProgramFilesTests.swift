import Foundation
import Testing

@testable import Plugins

struct ProgramFilesTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder =
            URL(fileURLWithPath: FileManager.default.temporaryDirectory.path).resolvingSymlinksInPath().path
            + "/files-\(UUID().uuidString.prefix(8))"
        for name in ["language/bin", "language/lib", "plugin", "home/bin"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write("ELF", to: "\(folder)/language/bin/snake")
        try body(folder)
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    @Test(arguments: ["#!/usr/bin/env snake", "#! /usr/bin/env -S snake -x", "#!FOLDER/language/bin/snake"])
    func `a script's interpreter is looked up as env does, and what was installed with it comes along`(line: String)
        throws
    {
        try withFolder { folder in
            let program = "\(folder)/plugin/serve"
            try write(line.replacing("FOLDER", with: folder) + "\nhiss\n", to: program)
            let files = ProgramFiles.needed(by: program, path: "relative:/nowhere:\(folder)/language/bin:/usr/bin")
            #expect(files == [program, "\(folder)/language/bin/snake", "\(folder)/language"])
        }
    }

    @Test func `a script in the place of an interpreter is passed over, as env passes over what it may not run`() throws
    {
        try withFolder { folder in
            let program = "\(folder)/plugin/serve"
            try write("#!/usr/bin/env snake\n", to: program)
            try write("#!/bin/sh\nexec snake-launcher\n", to: "\(folder)/home/bin/snake")
            let files = ProgramFiles.needed(by: program, path: "\(folder)/home/bin:\(folder)/language/bin")
            #expect(files == [program, "\(folder)/language/bin/snake", "\(folder)/language"])
        }
    }

    @Test func `a link leads to the installation it was made from`() throws {
        try withFolder { folder in
            let program = "\(folder)/plugin/snake"
            try FileManager.default.createSymbolicLink(
                atPath: program, withDestinationPath: "\(folder)/language/bin/snake")
            #expect(ProgramFiles.needed(by: program, path: nil) == [program, "\(folder)/language"])
        }
    }

    @Test func `a program that is no script, is not there, or lies in a folder of many things brings nothing along`()
        throws
    {
        try withFolder { folder in
            let program = "\(folder)/home/bin/tool"
            try write("ELF", to: program)
            #expect(ProgramFiles.needed(by: program, path: nil) == [program])
            #expect(ProgramFiles.needed(by: "/nowhere/x", path: nil) == ["/nowhere/x"])
        }
    }
}
