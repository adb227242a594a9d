import ArgumentParser
import Core
import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Synchronization
import Testing

@testable import Commands

@Suite struct ConversationCommandTests {
    private func conversation(_ number: Int, ageInDays: Double = 0) -> WireConversation {
        let date = Date(timeIntervalSince1970: 1_800_000_000 - ageInDays * 86_400)
        return WireConversation(
            id: "id\(number)", title: "T\(number)", createdAt: date, updatedAt: date, messageCount: 2)
    }

    private func paging(_ arguments: [String]) throws -> ListPaging { try ListPaging.parse(arguments) }

    @Test func `a list that has more says so, and how to see it`() throws {
        let things = "conversations"
        #expect(
            try paging([]).more(shown: 50, total: 64, of: things)
                == "1 to 50 of 64 conversations; --page 2 shows more, --all shows all.")
        #expect(
            try paging(["--page", "2"]).more(shown: 14, total: 64, of: things)
                == "51 to 64 of 64 conversations; --all shows all.")
        #expect(
            try paging(["--offset", "3"]).more(shown: 50, total: 64, of: things)
                == "4 to 53 of 64 conversations; --offset 53 shows more, --all shows all.")
        #expect(try paging([]).more(shown: 12, total: 12, of: things) == nil)
        #expect(
            try paging(["--page", "9"]).more(shown: 0, total: 64, of: things) == "There are only 64 conversations.")
    }

    @Test func `--all takes as many requests as it needs`() async throws {
        let asked = Mutex<[Int]>([])
        let part = try await paging(["--all"]).all { limit, offset in
            asked.withLock { $0.append(offset) }
            return (Array(repeating: 0, count: min(limit, max(0, 2300 - offset))), 2300)
        }
        #expect(part.items.count == 2300 && part.total == 2300)
        #expect(asked.withLock { $0 } == [0, 1000, 2000])
    }

    @Test(arguments: [["--all", "--page", "2"], ["--page", "0"], ["--limit", "0"]])
    func `pages, offsets and all exclude each other`(_ arguments: [String]) {
        #expect(throws: (any Error).self) { try ListPaging.parse(arguments) }
    }

    @Test func `an age is a number and a unit`() throws {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        #expect(Age(argument: "30d")?.date(before: now) == now.addingTimeInterval(-30 * 86_400))
        #expect(Age(argument: "2w") == Age(argument: "14d"))
        #expect(Age(argument: "12h")?.date(before: now) == now.addingTimeInterval(-12 * 3600))
        for text in ["", "d", "30", "-1d", "0d", "3q", "99999999999999999999d"] { #expect(Age(argument: text) == nil) }
    }

    @Test(arguments: [[], ["--all", "id"], ["--all", "--older-than", "3d"], ["--older-than", "soon"]])
    func `what to delete is said in one way`(_ arguments: [String]) {
        #expect(throws: (any Error).self) { try ConversationCommand.Delete.parse(arguments) }
    }

    @Test func `a conversation exported as Markdown has its messages, calls and citations`() throws {
        let at = Date(timeIntervalSince1970: 0)
        let answer = WireMessage(
            id: "b", parent: "a", role: .assistant, text: "At **noon**. [1]", createdAt: at,
            citations: [
                WireCitation(
                    number: 1, source: "s", title: "almanac.worldTime", location: "step 1", quote: "It is noon.")
            ],
            steps: [WireStep(plugin: "almanac", operation: "worldTime", arguments: [:], status: .ok, seconds: 0.002)])
        let text = ConversationMarkdown.text(
            ConversationGet.Result(
                conversation: conversation(1),
                messages: [WireMessage(id: "a", parent: nil, role: .user, text: "When?", createdAt: at), answer]))
        #expect(text.hasPrefix("# T1\n\nConversation id1, begun "))
        #expect(text.contains("\n## You, ") && text.contains("\n\nWhen?\n"))
        #expect(text.contains("> → almanac.worldTime … 2 ms\n\nAt **noon**. [1]\n"))
        #expect(text.hasSuffix("\n- [1] almanac.worldTime, step 1: “It is noon.”\n"))
    }

    @Test func `an export is written whole, for its owner alone`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/export-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try ConversationExport.write("text", to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "text")
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let error = #expect(throws: CommandError.self) { try ConversationExport.write("x", to: "/nowhere/file") }
        #expect(error?.message == "/nowhere/file could not be written: No such file or directory.")
    }

    @Test func `anything but a clear yes deletes nothing`() {
        for answer in ["y", "Yes "] { #expect(Confirmation.isYes(answer)) }
        for answer in ["", "n", "yep", nil] { #expect(!Confirmation.isYes(answer)) }
    }
}
