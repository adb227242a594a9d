import Core
import Testing

@testable import Agent

struct TurnTests {
    private func step(_ status: Step.Status, _ operation: String = "o") -> Step {
        Step(plugin: "p", operation: operation, arguments: [:], status: status, error: status == .ok ? nil : "no")
    }

    private func call(_ part: String, _ operation: String = "o", _ arguments: JSONValue = [:]) -> Turn.Call {
        Turn.Call(part: part, plugin: "p", operation: operation, arguments: arguments)
    }

    @Test("what to call is decided for each part, then all is called at once, then the answer is given")
    func parts() {
        var turn = Turn(parts: ["a", "b"], maxSteps: 4)
        #expect(turn.next() == .route(part: "a", after: nil))
        turn.decide(call("a", "one"))
        #expect(turn.next() == .route(part: "b", after: call("a", "one")))
        turn.decide(call("b", "two"))
        #expect(turn.next() == .make([call("a", "one"), call("b", "two")]))
        turn.called(step(.ok, "one"), for: "a")
        turn.called(step(.ok, "two"), for: "b")
        #expect(turn.next() == .answer(.stop))
    }

    @Test("the same call for two parts is made once")
    func same() {
        var turn = Turn(parts: ["a", "b"], maxSteps: 4)
        _ = turn.next()
        turn.decide(call("a"))
        _ = turn.next()
        turn.decide(call("b"))
        #expect(turn.next() == .make([call("a")]))
    }

    @Test("a call that failed is tried once more, and not a third time")
    func retry() {
        var turn = Turn(parts: ["a"], maxSteps: 4)
        _ = turn.next()
        turn.decide(call("a"))
        _ = turn.next()
        turn.called(step(.error), for: "a")
        #expect(turn.next() == .retry(part: "a", failed: step(.error)))
        turn.called(step(.error), for: nil)
        #expect(turn.next() == .answer(.stop))
        #expect(turn.steps.count == 2)
    }

    @Test("when no other arguments can be tried, the next failure is, and then the answer is given")
    func givingUp() {
        var turn = Turn(parts: ["a", "b"], maxSteps: 4)
        for part in ["a", "b"] {
            _ = turn.next()
            turn.decide(call(part, part))
        }
        _ = turn.next()
        turn.called(step(.error, "a"), for: "a")
        turn.called(step(.error, "b"), for: "b")
        #expect(turn.next() == .retry(part: "a", failed: step(.error, "a")))
        #expect(turn.next() == .retry(part: "b", failed: step(.error, "b")))
        #expect(turn.next() == .answer(.stop))
    }

    @Test("what was denied is not tried again")
    func denied() {
        var turn = Turn(parts: ["a"], maxSteps: 4)
        _ = turn.next()
        turn.decide(call("a"))
        _ = turn.next()
        turn.called(step(.denied), for: "a")
        #expect(turn.next() == .answer(.stop))
    }

    @Test("no more calls are made than allowed")
    func limit() {
        var turn = Turn(parts: ["a", "b"], maxSteps: 1)
        _ = turn.next()
        turn.decide(call("a"))
        #expect(turn.next() == .make([call("a")]))
        turn.called(step(.ok), for: "a")
        #expect(turn.next() == .answer(.steps))
        var none = Turn(parts: ["a"], maxSteps: 0)
        #expect(none.next() == .answer(.stop))
    }

    @Test("a question is cut where another begins, and not within a pair")
    func splitting() {
        #expect(QuestionParts.split("What time is it in Rome, and how many feet are 3 metres?").count == 2)
        #expect(QuestionParts.split("How many days are between 2026-01-01 and 2026-02-01?").count == 1)
        #expect(QuestionParts.split("What time is it?") == ["What time is it?"])
        #expect(QuestionParts.split("It starts at 21:00 in Lagos; what time is that in Bangkok?").count == 1)
        #expect(QuestionParts.split("What time is it in Rome; how late is it in Lima?").count == 2)
    }

    @Test("of a text that is handed over to be read, only what is asked about it may call a tool")
    func asked() {
        let text = String(repeating: "It knows the time in 4,400 cities. ", count: 60)
        #expect(QuestionParts.asked(in: "What time is it in Rome?") == "What time is it in Rome?")
        #expect(QuestionParts.asked(in: "Sum this up:\n\n\(text)") == "Sum this up:")
        #expect(QuestionParts.asked(in: "\(text)\n\nWhat does it know?") == "What does it know?")
        #expect(QuestionParts.asked(in: text) == nil)
    }

    @Test("parts that ask for nothing by themselves belong to the request before them")
    func requests() {
        func requests(_ question: String, _ operations: String...) -> [String] {
            let tools = operations.map {
                Tool(
                    plugin: "p", operation: $0, description: "", parameters: [:], parameterOrder: [], isReadOnly: true)
            }
            return QuestionParts.requests(of: QuestionParts.split(question), tools: tools).map(\.text)
        }
        #expect(requests("Where is parcel 7?") == ["Where is parcel 7?"])
        #expect(
            requests("Calculate the area of a triangle with base 10 and height 5.") == [
                "Calculate the area of a triangle with base 10 and height 5."
            ])
        #expect(requests("Convert 3 feet to metres and find flights to Rome.").count == 2)
        // A verb that a tool's name begins with asks.
        #expect(requests("Book a flight to Rome and reserve a table.", "book_flight").count == 1)
        #expect(requests("Book a flight to Rome and reserve a table.", "book_flight", "reserve_table").count == 2)
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

    @Test(
        "what is worked out rightly from their figures, and shown, is supported",
        arguments: [
            ("21.47 + 22 = 43.47", false), ("21.47 - 6 = 15.47", true), ("21.47 × 6 = 128.82", true),
            ("6 + 6 = 13", false),
            ("15.47", false),
        ])
    func arithmetic(text: String, isSupported: Bool) {
        let check = FactCheck(results: [["celsius": 21.47]], given: ["And 6 less?"])
        #expect(check.unsupported(in: text).isEmpty == isSupported)
    }

    @Test("repeating the question's figures is no answer")
    func holds() {
        #expect(!check.holdsResult("On 2026-06-21 it sets."))
        #expect(check.holdsResult("It sets at 22:44."))
    }
}
