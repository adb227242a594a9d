import Confinement
import Foundation
import Testing

struct OwnProgramTests {
    @Test func `the folder of every library that is mapped is known, also of those that are mapped last`() throws {
        let listing = Process()
        listing.executableURL = URL(fileURLWithPath: "/bin/cat")
        listing.arguments = ["/proc/\(ProcessInfo.processInfo.processIdentifier)/maps"]
        let output = Pipe()
        listing.standardOutput = output
        try listing.run()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            .split(separator: "\n")
        listing.waitUntilExit()
        let folders = lines.compactMap { line -> String? in
            guard let slash = line.firstIndex(of: "/"), line.hasSuffix(".so") || line.contains(".so.") else {
                return nil
            }
            return (String(line[slash...]) as NSString).deletingLastPathComponent
        }
        #expect(!folders.isEmpty)
        #expect(Set(folders).isSubset(of: OwnProgram.libraryFolders))
    }
}
