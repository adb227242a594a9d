import Core
import Testing

@testable import Agent
@testable import Understanding

/// What each sentence of an answer rests on.
struct AnswerDraftTests {
    @Test func `each sentence has its origin and the number of its citation; what Squire says of itself has none`() {
        var draft = AnswerDraft()
        draft.add("Open: 08:00. [1] Lanes: 3 [2]", from: .step)
        draft.add(" I could not reach the pool.", from: nil)
        draft.add("\nWater ", from: .model)
        draft.add("is wet. It ", from: .model)
        draft.add("flows.", from: .model)
        #expect(
            draft.support == [
                Support(text: "Open: 08:00.", from: .step, number: 1),
                Support(text: "Lanes: 3", from: .step, number: 2),
                Support(text: "Water is wet.", from: .model), Support(text: "It flows.", from: .model),
            ])
        #expect(draft.text.hasPrefix("Open: 08:00. [1] Lanes: 3 [2] I could not"))
    }
}
