import Core
import Foundation
import Synchronization
import Testing

@testable import Agent

/// What a model that says itself what to call is told.
struct NativeTurnModelTests {
    /// Says what it was told to, and remembers what it was asked.
    private final class ScriptedCaller: ChatModel {
        private let script: Mutex<[ChatReply]>
        let requests = Mutex<[ModelRequest]>([])

        init(_ script: [ChatReply]) { self.script = Mutex(script) }

        func calls(for request: ModelRequest) async throws -> ChatReply {
            requests.withLock { $0.append(request) }
            return script.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        }
    }

    private func tool(_ plugin: String, _ operation: String) -> Tool {
        Tool(
            plugin: plugin, operation: operation, description: "It is \(operation).", parameters: ["type": "object"],
            parameterOrder: [], isReadOnly: true)
    }

    private static let question = Message(id: "1", parent: nil, role: .user, text: "Do it", createdAt: .now)

    private func model(_ caller: ScriptedCaller) -> NativeTurnModel {
        NativeTurnModel(
            caller: caller, context: TurnContext(planner: ContextPlanner(model: WordModel(context: 2048))),
            shortlist: ToolShortlist(vectors: TextVectors(SameEmbedder()), readings: ToolReadings(in: .english)))
    }

    private func opening(_ tools: [Tool]) -> TurnOpening {
        TurnOpening(
            persona: "P.", history: [Self.question], tools: NamedTool.all(of: tools), sampling: Sampling(),
            today: "2026-11-26")
    }

    @Test("what came of the calls is told to the model, with its failures")
    func results() async throws {
        let caller = ScriptedCaller([ChatReply(text: "Done.")])
        let steps = [
            Step(plugin: "p", operation: "one", arguments: [:], status: .ok, result: ["said": "one of p"]),
            Step(plugin: "p", operation: "broken", arguments: [:], status: .error, error: "HTTP 500: no"),
        ]
        let round = Turn.Round(calls: steps.map { Turn.Round.Call(name: $0.operation, step: $0) })
        let reply = try await model(caller).reply(
            to: opening([tool("p", "one"), tool("p", "broken")]), after: [round], said: nil)
        #expect(reply.outcome.text == "Done." && reply.context != nil)
        guard case .calls(let made)? = caller.requests.withLock({ $0 }).last?.dialog.last else {
            Issue.record("the model was told of no calls")
            return
        }
        #expect(made.map(\.result) == ["said: one of p\n", "Error: HTTP 500: no"])
        #expect(made.map(\.isFailed) == [false, true])
    }

    @Test("operations of the same name are told apart by their plugins")
    func names() async throws {
        let caller = ScriptedCaller([ChatReply(text: "x")])
        _ = try await model(caller).reply(to: opening([tool("a", "find"), tool("b", "find")]), after: [], said: nil)
        #expect(caller.requests.withLock { $0 }[0].tools.map(\.operation) == ["a_find", "b_find"])
    }

    @Test("a call that was made before is told as such")
    func repeated() async throws {
        let caller = ScriptedCaller([ChatReply(text: "x")])
        let step = Step(plugin: "p", operation: "one", arguments: [:], status: .ok, result: ["said": "one"])
        let round = Turn.Round(calls: [Turn.Round.Call(name: "one", step: step, isRepeated: true)])
        _ = try await model(caller).reply(to: opening([tool("p", "one")]), after: [round], said: nil)
        #expect(caller.requests.withLock { $0 }[0].messages.last?.content.contains("already") == true)
    }
}
