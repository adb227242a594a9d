import Testing

@testable import Guided
@testable import Understanding

/// Whether something is asked, ordered, or not to be done.
struct SpeechActTests {
    private func text(_ text: String) -> Utterance { QuestionReading(text, today: "2026-11-29", in: .english).text }

    @Test(
        "an order is one, however politely it is said",
        arguments: [
            ("order a new chair", Action.create), ("Please book lane 3 on Friday", .create),
            ("could you cancel my order?", .delete), ("I would like you to rename it", .change),
        ])
    func orders(said: String, action: Action) {
        #expect(text(said).action == action)
    }

    @Test(
        "a question, a negation and a remark order nothing",
        arguments: [
            "can I cancel lane 3?", "is my order here?", "don't order anything", "Please do not book a lane",
            "What happens if I delete my account?", "has order 99 arrived", "never delete that",
            "could we book a lane?",
        ])
    func nothing(said: String) {
        #expect(text(said).action == .read)
    }
}
