import ArgumentParser
import Foundation
import Testing

@testable import Commands

@Suite(.timeLimit(.minutes(1))) struct PipedInputTests {
    private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/in-\(UUID().uuidString.prefix(8))"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test func `a pipe with text in it is read to its end`() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("one\ntwo\n\n".utf8))
        try pipe.fileHandleForWriting.close()
        #expect(try PipedInput.readIfPiped(pipe.fileHandleForReading) == .text("one\ntwo"))
        // Nothing is left.
        #expect(try PipedInput.readIfPiped(pipe.fileHandleForReading) == .nothing)
    }

    @Test func `a pipe that nothing comes out of is not waited for without end`() throws {
        let pipe = Pipe()
        #expect(try PipedInput.readIfPiped(pipe.fileHandleForReading, patience: .milliseconds(20)) == .silentPipe)
        withExtendedLifetime(pipe) {}
    }

    @Test func `a file is left where it is, so that a loop which reads it goes on with its next line`() throws {
        try withFile("Oslo\nParis\n") { path in
            let file = try #require(FileHandle(forReadingAtPath: path))
            #expect(try PipedInput.readIfPiped(file) == .unreadFile)
            #expect(try file.read(upToCount: 5) == Data("Oslo\n".utf8))
            // The loop's: it has read of it.
            #expect(try PipedInput.readIfPiped(file) == .nothing)
            #expect(try file.readToEnd() == Data("Paris\n".utf8))
        }
    }

    @Test func `devices have nothing to say, and a file that is named is read`() throws {
        let null = try #require(FileHandle(forReadingAtPath: "/dev/null"))
        #expect(try PipedInput.readIfPiped(null) == .nothing)
        try withFile("text\n") { path in
            let text = try PipedInput.read(file: path)
            #expect(text == "text")
        }
        let error = #expect(throws: CommandError.self) { try PipedInput.read(file: "/nowhere/at/all") }
        #expect(error?.message == "/nowhere/at/all could not be read: No such file or directory.")
    }

    @Test func `leaving standard input alone and reading it contradict each other`() throws {
        #expect(throws: (any Error).self) { try AskCommand.parse(["-n", "what", "-"]) }
        #expect(throws: (any Error).self) { try AskCommand.parse(["-n", "what", "--input", "-"]) }
        #expect(try AskCommand.parse(["-n", "what", "--input", "notes.txt"]).noInput)
        #expect(try AskCommand.parse(["Sum up:", "-"]).words == ["Sum up:", "-"])
    }
}
