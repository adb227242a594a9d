import Core
import Folders
import Foundation
import SystemPackage
import Testing

@testable import Retrieval

#if os(Linux)
    /// Files whose names are no UTF-8, named as they are shown.
    @Suite(.timeLimit(.minutes(1)))
    struct ShownPathTests {
        private static let name: [UInt8] = Array("caf".utf8) + [0xE9] + Array(".txt".utf8)

        private func make(_ name: [UInt8], in folder: String, _ text: String) throws {
            let path = FilePath(bytes: FilePath(folder).folderBytes + name)
            let file = try FileDescriptor.open(path, .writeOnly, options: [.create], permissions: [.ownerReadWrite])
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
        }

        @Test func `what was added by its folder is removed by its path as it is shown`() async throws {
            try await LibraryFixture.with { fixture in
                try make(Self.name, in: fixture.files, "The boiler is serviced once a year.")
                try await fixture.add()
                let shown = try #require(try await fixture.search("boiler").first?.source)
                #expect(shown == fixture.files + "/caf\u{FFFD}.txt")
                #expect(try await fixture.library.remove([shown], collection: nil) == 1)
                #expect(try await fixture.search("boiler").isEmpty)
            }
        }

        @Test func `a path as it is shown names the file, and neither of two that are shown alike`() async throws {
            try await LibraryFixture.with { fixture in
                try make(Self.name, in: fixture.files, "The boiler is serviced once a year.")
                let shown = fixture.files + "/caf\u{FFFD}.txt"
                let outcome = try await fixture.library.add([shown], collection: "c", watch: false) { _ in }
                #expect(outcome.added == 1)
                try make(Array("caf".utf8) + [0xEA] + Array(".txt".utf8), in: fixture.files, "Another.")
                let both = try await fixture.library.add([shown], collection: "d", watch: false) { _ in }
                #expect(both.added == 0)
                #expect(both.failures.first?.error.code == .unreadable)
            }
        }
    }
#endif
