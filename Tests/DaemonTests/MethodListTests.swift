import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Testing

/// docs/protocol.md, the types of `SquireProtocol` and the daemon have the same methods.
@Suite(.timeLimit(.minutes(2)))
struct MethodListTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func swiftFiles(in folder: String) throws -> [URL] {
        let start = root.appending(path: folder)
        let files = try #require(FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil))
        return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    /// A type that is a method or a notification, as its file declares it.
    private struct Declared {
        var type: Substring
        var name: String
        var file: String
    }

    private static func declared() throws -> [Declared] {
        let declaration =
            /public enum (\w+): (?:RPCMethod|RPCNotificationMethod) \{\s+public static let name = "([^"]+)"/
        return try swiftFiles(in: "Sources/SquireProtocol").flatMap { file in
            let text = try String(contentsOf: file, encoding: .utf8)
            return text.matches(of: declaration).map {
                Declared(type: $0.1, name: String($0.2), file: file.lastPathComponent)
            }
        }
    }

    /// The methods that docs/protocol.md has a heading of, or a row in a table of methods.
    private static func documented() throws -> [String] {
        let text = try String(contentsOf: root.appending(path: "docs/protocol.md"), encoding: .utf8)
        var names: [String] = []
        var isInTable = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            isInTable = line.hasPrefix("| method |") || isInTable && line.hasPrefix("|")
            let place = line.hasPrefix("### `") ? line : isInTable && cells.count > 1 ? cells[1] : ""
            names += place.matches(of: /`([^`]+)`/).map { String($0.1) }
        }
        return names
    }

    @Test func `each method of docs/protocol.md has a type, each type is in it, and no name is there twice`() throws {
        let documented = try Self.documented()
        let declared = try Self.declared().map(\.name)
        #expect(documented.sorted() == declared.sorted())
        #expect(Set(declared).count == declared.count)
        #expect(declared.contains(Ping.name) && declared.contains(AssistantEvent.name))
    }

    @Test func `a type has the name of its method and a file of its own`() throws {
        for method in try Self.declared() {
            let expected = method.name.split(separator: "/").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
            #expect(method.type == expected && method.file == "\(expected).swift", "\(method.name)")
        }
    }

    @Test func `no other code spells out the name of a method`() throws {
        // One word may stand for anything.
        let names = try Self.declared().map(\.name).filter { $0.contains("/") }
        for file in try Self.swiftFiles(in: "Sources") where !file.path.contains("/SquireProtocol/") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for name in names { #expect(!text.contains("\"\(name)\""), "\(file.lastPathComponent) has \(name)") }
        }
    }

    @Test func `the daemon answers each method but those that it calls itself`() async throws {
        let error = try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                await #expect(throws: RPCError.self) { _ = try await client.call("nothing") }
            }
        }
        let listed = try #require(error?.message.wholeMatch(of: /Method not found: nothing\. There are (.+)\./)?.1)
        let own: Set = [ToolApprove.name, AssistantEvent.name]
        #expect(listed == (try Self.documented().filter { !own.contains($0) }.sorted().joined(separator: ", ")))
    }
}
