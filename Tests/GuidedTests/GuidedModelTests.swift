import Core
import Logging
import ScriptedModels
import Testing

@testable import Guided
@testable import Understanding

/// A whole turn. The tools are lines of `Data/filling-tools.jsonl`; which one is meant is said by the request, so that no
/// weights decide.
struct GuidedModelTests {
    private func model(ofPlugins: Bool = false, context: Int = 4096) -> GuidedModel {
        let vectors = TextVectors(WordEmbedder())
        let logger = Logger(label: "test")
        return GuidedModel(
            model: WordModel(context: context), vectors: vectors,
            operations: ofPlugins ? RegisteredOperations(vectors: vectors, logger: logger) : nil, logger: logger)
    }

    private func request(
        _ dialog: [DialogItem], tools: [String] = ["area", "weather", "stocks"], choice: ToolChoice = .named("weather"),
        allowsParallel: Bool = true, allowsRepeats: Bool = false
    ) throws -> ModelRequest {
        let known = try ToolLine.tools("filling-tools.jsonl")
        return ModelRequest(
            dialog: dialog, tools: tools.compactMap { known[$0] }, choice: choice, allowsParallel: allowsParallel,
            allowsRepeats: allowsRepeats)
    }

    private func asked(_ text: String) -> DialogItem { .message(ChatMessage(.user, text)) }

    private let oslo = PlannedCall(operation: "weather", arguments: ["city": "Oslo"])
    private let made = MadeCall(operation: "weather", arguments: #"{"city": "Oslo"}"#, result: "{}")

    @Test func `a message that no context holds is refused before it is taken apart`() async throws {
        let text = String(repeating: "The fox from Berlin jumps over 12 dogs on 3 May 2026. ", count: 20_000)
        let request = try request([asked(text)], choice: .auto)
        await #expect(throws: GuidedError.self) { _ = try await model(context: 512).reply(to: request) }
    }

    @Test func `the tool that the request names is called with what the question says`() async throws {
        let reply = try await model().reply(to: request([asked("the weather in Oslo")]))
        #expect(reply.calls == [oslo] && reply.missing == nil && reply.text == nil)
    }

    @Test func `nothing is called where nothing may be, or nothing is asked`() async throws {
        let question = asked("the weather in Oslo")
        for request in [
            try request([question], choice: .none), try request([question], tools: []),
            try request([]), try request([.message(ChatMessage(.assistant, "It is cold."))]),
            // What was called for has been called.
            try request([question, .calls([made])], choice: .auto),
        ] {
            #expect(try await model().reply(to: request).calls.isEmpty)
        }
    }

    @Test func `a call that was made for the question is not made again`() async throws {
        let request = try request([asked("the weather in Oslo and Lima"), .calls([made])])
        let calls = try await model().reply(to: request).calls
        #expect(calls == [PlannedCall(operation: "weather", arguments: ["city": "Lima"])])
    }

    @Test func `what is enumerated makes several calls where these are allowed`() async throws {
        let dialog = [asked("the weather in Oslo, Lima and Cairo")]
        #expect(try await model().reply(to: request(dialog)).calls.count == 3)
        #expect(try await model().reply(to: request(dialog, allowsParallel: false)).calls == [oslo])
    }

    @Test func `what a plugin requires and nobody said is asked for, and never made up`() async throws {
        let dialog = [asked("the weather for 3 days")]
        let reply = try await model(ofPlugins: true).reply(to: request(dialog))
        #expect(reply.calls.isEmpty)
        #expect(reply.missing == MissingArguments(operation: "weather", arguments: ["days": 3], names: ["city"]))
        // A client that requires a call gets one that is valid.
        let client = try await model().reply(to: request(dialog)).calls
        #expect(client == [PlannedCall(operation: "weather", arguments: ["city": "", "days": 3])])
    }

    @Test func `something made up is asked of no plugin`() async throws {
        let dialog = [asked("Tell me a story about the weather in Oslo")]
        let reply = try await model(ofPlugins: true).reply(to: request(dialog, choice: .auto))
        #expect(reply.calls.isEmpty && reply.missing == nil)
    }

    @Test func `of a model's own calls those stay that are valid, known and new`() async throws {
        var usage = Usage()
        let wrong = PlannedCall(operation: "weather", arguments: ["city": 7])
        let unknown = PlannedCall(operation: "sea", arguments: [:])
        let lima = PlannedCall(operation: "weather", arguments: ["city": "Lima"])
        let dialog = [asked("the weather in Oslo"), .calls([made])]
        let kept = try await model().valid([oslo, wrong, unknown, lima], for: request(dialog), usage: &usage)
        #expect(kept == [lima])
        let repeated = try await model().valid([oslo], for: request(dialog, allowsRepeats: true), usage: &usage)
        #expect(repeated == [oslo])
    }
}
