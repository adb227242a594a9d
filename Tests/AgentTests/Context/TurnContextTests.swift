import ChatFormats
import Core
import Foundation
import ScriptedModels
import Testing

@testable import Agent
@testable import Understanding

/// What a model that answers in words is given fits its context.
struct TurnContextTests {
    private let tool = Tool(
        plugin: "p", operation: "list", description: "Lists things.", parameters: ["type": "object"],
        parameterOrder: [], isReadOnly: true)

    private func message(_ id: Int, _ role: Role, _ text: String) -> Message {
        Message(id: "\(id)", parent: nil, role: role, text: text, createdAt: .now)
    }

    private func plan(
        context: Int, history: [Message], summaries: [ConversationSummary] = [], results: [JSONValue] = []
    ) async throws -> TurnContext.Plan {
        let rounds = results.enumerated().map { index, result in
            let step = Step(
                plugin: "p", operation: "list", arguments: ["n": .integer(index)], status: .ok, result: result)
            return Turn.Round(calls: [Turn.Round.Call(name: "list", step: step)])
        }
        let model = WordModel(context: context)
        return try await TurnContext(planner: ContextPlanner(model: model), chat: HermesModel(model: model)).plan(
            instructions: "Help.", history: history, summaries: summaries, tools: [tool], rounds: rounds,
            answerTokens: 100)
    }

    private func count(_ plan: TurnContext.Plan, context: Int) async throws -> Int {
        try await HermesModel(model: WordModel(context: context)).tokenCount(of: plan.dialog, tools: [tool])
    }

    private let question = "How many boats are red?"

    @Test func `all of it is given where it fits, and the ledger adds up`() async throws {
        let history = [message(1, .user, "Hello"), message(2, .assistant, "Hi"), message(3, .user, question)]
        let plan = try await plan(context: 1000, history: history, results: [["red": 4]])
        #expect(plan.dialog.count == 5)
        #expect(plan.ledger.leftOut.isEmpty)
        let parts = plan.ledger.parts
        #expect(parts.tools > 0 && parts.history > 0 && parts.results > 0 && parts.question == 5)
        #expect(parts.total - parts.answer == (try await count(plan, context: 1000)))
        #expect(plan.answerTokens == 100)
    }

    @Test func `of a result that is too large the part that speaks of the question is given`() async throws {
        let boats = (0..<500).map { JSONValue.object(["name": .string("boat \($0)"), "colour": "blue"]) }
        let result = JSONValue.array(boats + [["name": "the last", "colour": "red"]])
        let plan = try await plan(context: 600, history: [message(1, .user, question)], results: [["n": 1], result])
        #expect(try await count(plan, context: 600) + plan.answerTokens <= 600)
        guard case .calls(let made)? = plan.dialog.last, case .calls(let first) = plan.dialog[2] else {
            Issue.record("no calls in \(plan.dialog)")
            return
        }
        #expect(made.first?.result?.contains("red") == true)
        #expect(first.first?.result == "n: 1\n")
        #expect(plan.ledger.leftOut.map(\.part) == [.results])
        #expect(plan.ledger.leftOut.first?.what.contains("of 501 records") == true)
    }

    @Test func `the oldest turns go first, a summary stands for them, and the question stays`() async throws {
        var history: [Message] = []
        for turn in 0..<40 {
            history.append(message(2 * turn, .user, "Question \(turn) about boats and the sea"))
            history.append(message(2 * turn + 1, .assistant, String(repeating: "word ", count: 20)))
        }
        history.append(message(99, .user, question))
        let summary = ConversationSummary(lastMessage: "59", text: "We spoke of boats.")
        let plan = try await plan(context: 500, history: history, summaries: [summary])
        #expect(try await count(plan, context: 500) + plan.answerTokens <= 500)
        #expect(plan.dialog.last == .message(ChatMessage(.user, question)))
        #expect(plan.dialog.contains(.message(ChatMessage(.assistant, "We spoke of boats."))))
        #expect(!plan.dialog.contains(.message(ChatMessage(.user, "Question 0 about boats and the sea"))))
        #expect(plan.ledger.leftOut.map(\.part) == [.history])
        #expect(plan.unsummarised != nil)
    }

    @Test func `tools and a question that leave no room are an error that says so`() async throws {
        let long = String(repeating: "word ", count: 100)
        await #expect(throws: AgentError.self) {
            _ = try await plan(context: 90, history: [message(1, .user, long)])
        }
    }
}
