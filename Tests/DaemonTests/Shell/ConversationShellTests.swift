import Core
import Foundation
import SquireClient
import SquireProtocol
import Testing

/// Listing, exporting and deleting many conversations, with the real daemon.
@Suite(.timeLimit(.minutes(2)))
struct ConversationShellTests {
    @Test func `conversations are named by the beginnings of their ids, exported, and deleted one, several and all`()
        async throws
    {
        try await SquiredProcess.withDaemon { daemon in
            var ids: [String] = []
            try await daemon.withClient { client in
                for number in 1...4 {
                    ids.append(
                        try await client.call(
                            AssistantAsk.self,
                            .init(
                                message: "Say hello, number \(number)", plugins: .named([]),
                                sampling: WireSampling(temperature: 0, maxTokens: 2))
                        ).conversation)
                }
            }
            let shell = ShellScript(home: daemon.home)
            let short = ids.map { String($0.prefix(13)) }
            let shown = try await shell.run("squire conversation show \(short[0])")
            #expect(shown.out.hasPrefix("Say hello, number 1  \(ids[0])\n"))
            let unknown = try await shell.run("squire conversation show 00000000")
            #expect(unknown.status == 1 && unknown.err.contains("squire conversation list shows those there are"))

            let markdown = try await shell.run("squire conversation export \(short[1])")
            #expect(markdown.out.hasPrefix("# Say hello, number 2\n"))
            let file = daemon.home + "/all.json"
            #expect(try await shell.run("squire conversation export --all --format json -o \(file)").status == 0)
            let exported = try JSONValue(parsing: String(contentsOfFile: file, encoding: .utf8))
            #expect(exported["conversations"]?.array?.count == 4)
            #expect(exported["conversations"]?.array?.first?["messages"]?.array?.count == 2)
            let again = try await shell.run("squire conversation export --all -o \(file)")
            #expect(again.status == 64 && again.err.contains("is there already"))

            #expect(try await shell.run("squire conversation delete \(short[0])").out == "Deleted \(ids[0]).\n")
            // Nobody to ask.
            let refused = try await shell.run("squire conversation delete --all")
            #expect(refused.status == 64 && refused.err.contains("This would delete 3 conversations."))
            #expect(
                try await shell.run("squire conversation delete --older-than 1h --yes").out
                    == "There was nothing to delete.\n")
            // None of them goes where one is not there.
            #expect(try await shell.run("squire conversation delete --yes \(short[1]) 00000000").status == 1)
            #expect(
                try await shell.run("squire conversation delete --yes \(short[1]) \(short[2])").out
                    == "Deleted 2 conversations.\n")
            #expect(try await shell.run("squire conversation delete --all --yes").out == "Deleted \(ids[3]).\n")
            #expect(try await daemon.withClient { try await $0.call(ConversationList.self, .init()) }.total == 0)
        }
    }

    @Test func `what time it is here is told in the zone of who asks`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            let shell = ShellScript(home: daemon.home)
            let answer = try await shell.run("TZ=Asia/Tokyo squire ask 'What time is it?'")
            #expect(answer.out.contains("UTC+9"), "\(answer.out) \(answer.err)")
            let other = try await shell.run("TZ=America/Sao_Paulo squire ask 'What time is it?'")
            #expect(other.out.contains("UTC-3") || other.out.contains("UTC−3"), "\(other.out) \(other.err)")
        }
    }

    @Test func `a document whose name is no UTF-8 is removed by the name that added it, and by the one that is shown`()
        async throws
    {
        try await SquiredProcess.withDaemon { daemon in
            let shell = ShellScript(home: daemon.home)
            let make = #"cd "$SQUIRE_HOME"; f=$(printf 'caf\351.txt'); echo 'Coffee is served.' >"$f"; "#
            #expect(try await shell.run(make + #"squire docs add "$f""#).status == 0)
            #expect(try await shell.run(make + #"squire docs remove "$f""#).out == "Removed 1 document.\n")
            #expect(try await shell.run(make + "mkdir d; mv \"$f\" d/; squire docs add d").status == 0)
            let listed = try await shell.run("squire docs list")
            #expect(listed.out.contains("d/caf\u{FFFD}.txt"))
            #expect(
                try await shell.run("cd \"$SQUIRE_HOME\"; squire docs remove 'd/caf\u{FFFD}.txt'").out
                    == "Removed 1 document.\n")
        }
    }
}
