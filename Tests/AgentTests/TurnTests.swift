import Core
import Testing

@testable import Agent

struct TurnTests {
    private func step(_ status: Step.Status, _ operation: String = "o") -> Step {
        Step(plugin: "p", operation: operation, arguments: [:], status: status, error: status == .ok ? nil : "no")
    }

    @Test("each part of a question is routed, then the answer is given")
    func parts() {
        var turn = Turn(parts: ["a", "b"], maxSteps: 4)
        #expect(turn.next() == .route(part: "a", after: nil))
        turn.called(step(.ok))
        #expect(turn.next() == .route(part: "b", after: step(.ok)))
        #expect(turn.next() == .answer(.stop))
    }

    @Test("a call that failed is tried once more, and not a third time")
    func retry() {
        var turn = Turn(parts: ["a"], maxSteps: 4)
        _ = turn.next()
        turn.called(step(.error))
        #expect(turn.next() == .retry(part: "a", failed: step(.error)))
        turn.called(step(.error))
        #expect(turn.next() == .answer(.stop))
        #expect(turn.steps.count == 2)
    }

    @Test("when no other arguments can be tried, the turn goes on")
    func givingUp() {
        var turn = Turn(parts: ["a", "b"], maxSteps: 4)
        _ = turn.next()
        turn.called(step(.error))
        _ = turn.next()
        turn.giveUpRetry()
        #expect(turn.next() == .route(part: "b", after: step(.error)))
    }

    @Test("no more calls are made than allowed")
    func limit() {
        var turn = Turn(parts: ["a", "b"], maxSteps: 1)
        _ = turn.next()
        turn.called(step(.ok))
        #expect(turn.next() == .answer(.steps))
        var none = Turn(parts: ["a"], maxSteps: 0)
        #expect(none.next() == .answer(.stop))
    }

    @Test("a question is cut where another begins, and not within a pair")
    func splitting() {
        #expect(QuestionParts.split("What time is it in Rome, and how many feet are 3 metres?").count == 2)
        #expect(QuestionParts.split("How many days are between 2026-01-01 and 2026-02-01?").count == 1)
        #expect(QuestionParts.split("What time is it?") == ["What time is it?"])
    }
}

struct FactCheckTests {
    private let check = FactCheck(
        results: [["sunset": "22:44", "place": "Oslo", "celsius": 21.47]],
        given: ["When is sunset in Oslo on 2026-06-21?"])

    @Test(
        "figures that a plugin or the user said are supported, roundings too",
        arguments: ["22:44", "21.47", "21.5", "2026-06-21"])
    func supported(figure: String) {
        #expect(check.unsupported(in: "It is \(figure) there.").isEmpty)
    }

    @Test("a figure or a name that nobody said is found", arguments: ["at 22:45", "in Bergen"])
    func unsupported(text: String) {
        #expect(!check.unsupported(in: "The sun sets \(text) then.").isEmpty)
    }

    @Test("repeating the question's figures is no answer")
    func holds() {
        #expect(!check.holdsResult("On 2026-06-21 it sets."))
        #expect(check.holdsResult("It sets at 22:44."))
    }
}
