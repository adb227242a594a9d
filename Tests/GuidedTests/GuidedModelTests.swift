import Core
import Logging
import ScriptedModels
import Testing

@testable import Guided
@testable import Understanding

struct GuidedModelTests {
    @Test("a message that no context holds is refused before it is taken apart")
    func tooLong() async throws {
        let caller = GuidedModel(
            model: WordModel(context: 512), vectors: TextVectors(SameEmbedder()), logger: Logger(label: "test"))
        let text = String(repeating: "The fox from Berlin jumps over 12 dogs on 3 May 2026. ", count: 20_000)
        await #expect(throws: GuidedError.self) {
            _ = try await caller.reply(
                to: ModelRequest(dialog: [.message(ChatMessage(.user, text))], tools: [SomeTools.weather]))
        }
    }
}
