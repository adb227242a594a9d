import Core
import SquireClient
import SquireProtocol
import Testing

/// `conversation/rename` to a real daemon.
@Suite(.timeLimit(.minutes(2)))
struct RenameTests {
    @Test func `a conversation's new title is put on one line, listed, and goes on with the next question`()
        async throws
    {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                func ask(_ text: String, in conversation: String?) async throws -> String {
                    try await client.call(
                        AssistantAsk.self,
                        .init(
                            message: text, conversation: conversation, plugins: .named([]),
                            sampling: WireSampling(temperature: 0, maxTokens: 2))
                    ).conversation
                }
                let conversation = try await ask("Say hello", in: nil)
                let renamed = try await client.call(
                    ConversationRename.self, .init(conversation: conversation, title: " The moon\n in March ")
                ).conversation
                #expect(renamed.title == "The moon in March" && renamed.messageCount == 2)
                _ = try await ask("Say it again", in: conversation)
                let listed = try await client.call(ConversationList.self, .init()).conversations
                #expect(listed.map(\.title) == ["The moon in March"] && listed.first?.messageCount == 4)
            }
        }
    }
}
