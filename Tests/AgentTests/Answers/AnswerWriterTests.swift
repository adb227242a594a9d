import Core
import Foundation
import ScriptedModels
import Synchronization
import Testing

@testable import Agent
@testable import Understanding

/// What an answer is made of.
struct AnswerWriterTests {
    private func writer(_ model: ChatMLModel) -> AnswerWriter {
        AnswerWriter(
            model: model, embedder: SameEmbedder(), planner: ContextPlanner(model: model),
            reading: ReadingThread(name: "squire.reading"))
    }

    @Test(arguments: ["Cats are kind.", "\n  Cats are kind."])
    func `words keep their spaces where links are held back`(said: String) async throws {
        let model = ChatMLModel(saying: [said])
        let plan = ContextPlanner.Plan(
            prompt: Prompt([.text("?")]), answerTokens: 20, ledger: ContextLedger(size: 100))
        let pieces = Mutex("")
        var draft = AnswerDraft { event in
            if case .token(let text) = event { pieces.withLock { $0 += text } }
        }
        var gate: AloneGate?
        try await writer(model).free(
            plan, sampling: Sampling(), conversation: "c", links: GivenLinks(in: []), gate: &gate, draft: &draft)
        #expect(draft.text == "Cats are kind.")
        #expect(pieces.withLock { $0 } == draft.text)
    }

    @Test(arguments: [nil, JSONValue.null, [:], ""])
    func `a result that says nothing is said to be empty, and is not cited`(result: JSONValue?) async throws {
        let model = ChatMLModel(saying: ["The canteen has pie."])
        let step = Step(plugin: "canteen", operation: "menu", arguments: [:], status: .ok, result: result)
        var draft = AnswerDraft()
        try await writer(model).grounded(
            AnswerWriter.Results(question: "What is for lunch?", steps: [step], cited: [step], tools: []),
            persona: "P.",
            draft: &draft)
        #expect(draft.text == "canteen.menu gave an empty answer.")
        #expect(draft.citations.isEmpty)
    }
}
