import Core
import Foundation
import ScriptedModels
import Testing

@testable import Agent
@testable import Understanding

struct ContextPlannerTests {
    private let persona = "You are brief."

    /// Turns of which each message has so many words, and a question.
    private func history(turns: Int, words: Int, question: String = "What now?") -> [Message] {
        var messages: [Message] = []
        func add(_ role: Role, _ text: String) {
            messages.append(
                Message(
                    id: "\(messages.count)", parent: messages.last?.id, role: role, text: text,
                    createdAt: Date(timeIntervalSince1970: 0)))
        }
        for turn in 0..<turns {
            for role in [Role.user, .assistant] {
                add(role, "\(role)\(turn) " + Array(repeating: "word", count: words - 1).joined(separator: " "))
            }
        }
        add(.user, question)
        return messages
    }

    private func planned(
        _ history: [Message], summaries: [ConversationSummary] = [], context: Int, answer: Int? = 64
    ) async throws -> ContextPlanner.ConversationPlan {
        let model = WordModel(context: context)
        let planned = try await ContextPlanner(model: model).conversation(
            persona: persona, history: history, summaries: summaries, answerTokens: answer)
        let (plan, ledger) = (planned.plan, planned.plan.ledger)
        let tokens = try await model.tokenCount(of: plan.prompt)
        #expect(ledger.parts.total == tokens + plan.answerTokens)
        #expect(ledger.parts.total <= context)
        #expect(plan.prompt.text.hasPrefix("<system> \(persona)"))
        #expect(plan.prompt.text.contains("<user> \(history.last?.text ?? "") <end>"))
        return planned
    }

    @Test func `a conversation that fits is given whole, and nothing is said to be left out`() async throws {
        let planned = try await planned(history(turns: 3, words: 10), context: 512)
        #expect(planned.plan.prompt.text.contains("user0"))
        #expect(planned.plan.ledger.leftOut.isEmpty)
        #expect(planned.plan.answerTokens == 64)
        #expect(planned.unsummarised == nil)
    }

    @Test(arguments: [512, 2048])
    func `of a long conversation the oldest turns go, and the ledger says how much`(context: Int) async throws {
        let history = history(turns: 60, words: 40)
        let planned = try await planned(history, context: context)
        let text = planned.plan.prompt.text
        #expect(text.contains("user59") && text.contains("assistant59") && !text.contains("user0 "))
        let omission = try #require(planned.plan.ledger.leftOut.first)
        #expect(omission.part == .history && omission.what.contains("from \"user0 word"))
        // Each message has its words and the template's two.
        #expect(omission.tokens + planned.plan.ledger.parts.history == 120 * 42)
        let last = try #require(planned.unsummarised.flatMap(Int.init))
        #expect(omission.what.hasPrefix("\(last + 1) messages"))
    }

    @Test func `a summary stands for what is left out, the one that covers most of this branch`() async throws {
        let history = history(turns: 30, words: 40)
        let summaries = [
            ConversationSummary(lastMessage: "9", text: "Of the first five."),
            ConversationSummary(lastMessage: "49", text: "Of the first fifty."),
            ConversationSummary(lastMessage: "elsewhere", text: "Of another branch."),
        ]
        let planned = try await planned(history, summaries: summaries, context: 1024)
        let text = planned.plan.prompt.text
        #expect(text.contains("Of the first fifty.") && !text.contains("five") && !text.contains("another"))
        #expect(planned.unsummarised == nil)
        #expect(try #require(planned.plan.ledger.leftOut.first).what.contains("a summary stands for"))
    }

    @Test func `what no summary covers is said to want one`() async throws {
        let planned = try await planned(
            history(turns: 30, words: 40), summaries: [ConversationSummary(lastMessage: "3", text: "Early.")],
            context: 512)
        #expect((planned.unsummarised.flatMap(Int.init) ?? 0) > 3)
        #expect(planned.plan.ledger.leftOut.first?.what.contains("a summary stands for 4 of them") == true)
    }

    @Test func `a turn that is too long by itself is given in part`() async throws {
        let planned = try await planned(history(turns: 1, words: 5000), context: 512)
        #expect(planned.plan.prompt.text.contains("user0 word"))
        #expect(planned.plan.ledger.parts.history > 200)
        #expect(planned.plan.ledger.leftOut.first?.what.contains("a beginning was given") == true)
    }

    @Test func `a question that has no room is refused, and what to do is said`() async throws {
        let long = Array(repeating: "word", count: 600).joined(separator: " ")
        let error = await #expect(throws: AgentError.self) {
            try await planned(history(turns: 1, words: 5, question: long), context: 512)
        }
        #expect(error?.code == .promptTooLong)
        #expect(error?.message.contains("too long for the model; send a part, or raise model.context") == true)
    }

    @Test func `the worst passages go first; the best is never without its beginning`() async throws {
        func passage(_ name: String, words: Int) -> Passage {
            Passage(
                document: name, title: name, location: "",
                text: Array(repeating: name, count: words).joined(separator: " "),
                score: 1, similarity: nil, collection: "c", type: "text", source: nil, line: nil, highlights: [])
        }
        let planner = ContextPlanner(model: WordModel(context: 512))
        let some = try await planner.passages(
            [passage("a", words: 150), passage("b", words: 150), passage("c", words: 150)], question: "What?",
            persona: persona, answerTokens: 120)
        #expect(some.count == 2)
        #expect(some.plan.prompt.text.contains("[2] b") && !some.plan.prompt.text.contains("[3] c"))
        #expect(some.plan.ledger.leftOut.map(\.what) == ["the last 1 of 3 passages"])
        #expect(some.plan.answerTokens == 120)
        let one = try await planner.passages(
            [passage("a", words: 5000)], question: "What?", persona: persona, answerTokens: 120)
        #expect(one.count == 1 && one.plan.ledger.parts.passages > 250)
        #expect(one.plan.ledger.parts.total <= 512)
        #expect(one.plan.ledger.leftOut.map(\.what) == ["all but a beginning of 1 passages"])
    }
}
