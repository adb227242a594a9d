import ChatFormats
import Core
import Foundation
import ScriptedModels
import Testing

@testable import Agent

/// What a chat model is given for the next step of a turn.
struct TurnDialogTests {
    private func tool(_ plugin: String, _ operation: String) -> Tool {
        Tool(
            plugin: plugin, operation: operation, description: "It is \(operation).", parameters: ["type": "object"],
            parameterOrder: [], isReadOnly: true)
    }

    private static func message(_ id: Int, _ role: Role, _ text: String, steps: [Step] = []) -> Message {
        Message(id: "\(id)", parent: nil, role: role, text: text, createdAt: .now, steps: steps)
    }

    private func next(
        _ tools: [Tool], history: [Message] = [message(1, .user, "Do it")], after rounds: [Turn.Round] = [],
        speaks: Bool = true
    ) async throws -> TurnDialog.Step {
        let model = WordModel(context: 2048)
        let dialog = TurnDialog(
            context: TurnContext(planner: ContextPlanner(model: model), chat: HermesModel(model: model)))
        let opening = TurnOpening(
            persona: "P.", history: history, tools: NamedTool.all(of: tools), sampling: Sampling(),
            today: "2026-11-26")
        return try await dialog.next(opening, after: rounds, for: ModelCard(speaks: speaks))
    }

    @Test func `a model that speaks is told what came of the calls, with their failures`() async throws {
        let steps = [
            Step(plugin: "p", operation: "one", arguments: [:], status: .ok, result: ["said": "one of p"]),
            Step(plugin: "p", operation: "broken", arguments: [:], status: .error, error: "HTTP 500: no"),
        ]
        let round = Turn.Round(calls: steps.map { Turn.Round.Call(name: $0.operation, step: $0) })
        let next = try await next([tool("p", "one"), tool("p", "broken")], after: [round])
        #expect(next.ledger != nil)
        guard case .calls(let made)? = next.request.dialog.last else {
            Issue.record("the model was told of no calls")
            return
        }
        #expect(made.map(\.result) == ["said: one of p\n", "Error: HTTP 500: no"])
        #expect(made.map(\.isFailed) == [false, true])
    }

    @Test func `operations of the same name are told apart by their plugins`() async throws {
        let next = try await next([tool("a", "find"), tool("b", "find")])
        #expect(next.request.tools.map(\.operation) == ["a_find", "b_find"])
    }

    @Test func `a call that was made before is told as such`() async throws {
        let step = Step(plugin: "p", operation: "one", arguments: [:], status: .ok, result: ["said": "one"])
        let round = Turn.Round(calls: [Turn.Round.Call(name: "one", step: step, isRepeated: true)])
        let next = try await next([tool("p", "one")], after: [round])
        #expect(next.request.messages.last?.content.contains("already") == true)
    }

    @Test func `a model that only says what to call is told no result`() async throws {
        let step = Step(plugin: "p", operation: "one", arguments: ["a": 1], status: .ok, result: ["said": "one"])
        let round = Turn.Round(calls: [Turn.Round.Call(name: "one", step: step)])
        let next = try await next([tool("p", "one")], after: [round], speaks: false)
        #expect(
            next.request.dialog == [
                .message(ChatMessage(.user, "Do it")),
                .calls([MadeCall(operation: "one", arguments: #"{"a":1}"#, result: "")]),
            ])
        #expect(next.ledger == nil)
    }

    @Test(arguments: [("Rex", true), ("What is the weather?", false)])
    func `an answer to what was asked back goes on with the call that waits for it`(
        answer: String, goesOn: Bool
    ) async throws {
        let waiting = Step(
            plugin: "p", operation: "one", arguments: [:], status: .error, errorKind: .argumentsMissing,
            missing: ["petName"])
        let history = [
            Self.message(1, .user, "Book a visit"), Self.message(2, .assistant, "Say the name.", steps: [waiting]),
            Self.message(3, .user, answer),
        ]
        let next = try await next([tool("p", "one")], history: history, speaks: false)
        #expect((next.request.choice == .named("one")) == goesOn)
        if goesOn { #expect(next.request.messages.map(\.content) == ["Book a visit pet name Rex"]) }
    }
}
