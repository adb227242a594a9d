import ChatFormats
import Core
import Logging
import ScriptedModels
import Testing

@testable import Daemon

/// Which way calls are got out of the loaded model.
struct LocalChatModelTests {
    private struct Guided: CallMending {
        let call = PlannedCall(operation: "add", arguments: ["a": 4, "b": 5])

        func card() -> ModelCard { ModelCard(speaks: false) }

        func respond(to request: ModelRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
            ChatReply.stream { _ in ChatReply(calls: [call], usage: Usage(promptTokens: 1)) }
        }

        func tokenCount(of dialog: [DialogItem], tools: [Tool]) -> Int { 0 }

        func valid(_ calls: [PlannedCall], for request: ModelRequest, usage: inout Usage) -> [PlannedCall] { calls }
    }

    /// A format of models whose template begins with `[toy]`: their text is the operation to call.
    private struct Toy: ChatFormat {
        let model: any TokenModel

        static func serves(_ model: ModelDescription) -> Bool { model.chatTemplate?.hasPrefix("[toy]") == true }

        func card() -> ModelCard { ModelCard(speaks: true) }

        func tokenCount(of dialog: [DialogItem], tools: [Tool]) -> Int { 7 }

        func respond(to request: ModelRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
            ChatReply.stream { _ in ChatReply(calls: [PlannedCall(operation: "toy", arguments: [:])]) }
        }
    }

    private static let osloText = "\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>"

    private func request(_ choice: ToolChoice = .auto) -> ModelRequest {
        ModelRequest(
            dialog: [.message(ChatMessage(.user, "Weather in Oslo?"))], tools: [SomeTools.weather, SomeTools.add],
            choice: choice)
    }

    @Test func `the loaded model's template decides between its own format and the guided steps`() async throws {
        let guided = Guided()
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let plain = ChatMLModel(template: "<|im_start|>")
        let callers = LocalChatModel(model: plain, guided: guided, logger: logger)
        #expect(try await callers.reply(to: request()).calls == [guided.call])
        #expect(plain.requests.isEmpty)
        let native = LocalChatModel(
            model: ChatMLModel(saying: ["<tool_call>", Self.osloText]), guided: guided, logger: logger)
        #expect(
            try await native.reply(to: request()).calls == [
                PlannedCall(operation: "get_weather", arguments: ["city": "Oslo"])
            ])
    }

    @Test func `a format that is listed serves the models whose template shows it, and no others`() async throws {
        let guided = Guided()
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        for (template, operation, tokens) in [("[toy] {{ messages }}", "toy", 7), ("<|im_start|>", "add", 0)] {
            let model = LocalChatModel(
                model: ChatMLModel(template: template), guided: guided, formats: [Toy.self] + ChatFormats.all,
                logger: logger)
            #expect(try await model.reply(to: request()).calls.map(\.operation) == [operation])
            #expect(try await model.tokenCount(of: [], tools: []) == tokens)
            #expect(try await model.card().speaks == (operation == "toy"))
        }
    }

    @Test func `where a call must be made and the model makes none, the guided steps make it`() async throws {
        let guided = Guided()
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let model = ChatMLModel(saying: ["\n{\"name\": \"add…"])
        let outcome = try await LocalChatModel(model: model, guided: guided, logger: logger).reply(
            to: request(.required))
        #expect(outcome.calls == [guided.call])
        #expect(outcome.usage.promptTokens == 21)
    }
}
