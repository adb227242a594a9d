import Core
import Testing

@testable import Agent
@testable import Understanding

struct TurnTests {
    private static func tool(_ operation: String, isReadOnly: Bool = true) -> Tool {
        Tool(
            plugin: "p", operation: operation, description: "", parameters: ["type": "object"], parameterOrder: [],
            isReadOnly: isReadOnly)
    }

    private func turn(maxSteps: Int = 4) -> Turn {
        Turn(
            tools: NamedTool.all(of: [Self.tool("one"), Self.tool("two"), Self.tool("set", isReadOnly: false)]),
            maxSteps: maxSteps)
    }

    private func calls(_ operations: String..., arguments: JSONValue = [:]) -> ChatReply {
        ChatReply(calls: operations.map { PlannedCall(operation: $0, arguments: arguments) })
    }

    private func step(
        _ operation: String, _ kind: ToolFailureKind? = nil, arguments: JSONValue = [:], isDenied: Bool = false
    ) -> Step {
        Step(
            plugin: "p", operation: operation, arguments: arguments,
            status: isDenied ? .denied : kind == nil ? .ok : .error, errorKind: kind)
    }

    /// What is to be done next, as a word and the operations it is about.
    private func next(_ turn: Turn) -> String {
        switch turn.next() {
        case .ask: "ask"
        case .make(let calls): "make " + calls.map(\.tool.operation).joined(separator: " ")
        case .answer(let reason): "answer \(reason)"
        }
    }

    @Test func `the model is asked, its calls are made, and it is asked again until it calls nothing`() {
        var turn = turn()
        #expect(next(turn) == "ask")
        turn.said(calls("one", "two"))
        #expect(next(turn) == "make one two")
        turn.made([step("one"), step("two")])
        #expect(next(turn) == "ask")
        turn.said(ChatReply(text: "Done."))
        #expect(next(turn) == "answer stop")
        #expect(turn.text == "Done." && turn.steps.count == 2 && turn.rounds.count == 1)
    }

    @Test func `a call that takes what another returns is made after it, and only the last is told`() {
        func first(_ operation: String) -> ChatReply {
            let next = ChainedCall(operation: operation, arguments: [:], properties: ["id": "id"], name: "Ada")
            return ChatReply(calls: [PlannedCall(operation: "one", arguments: ["name": "Ada"], next: [next])])
        }
        var found = step("one", arguments: ["name": "Ada"])
        found.result = [["id": 7, "name": "Ada"]]
        var turn = turn()
        turn.said(first("two"))
        turn.made([found])
        #expect(next(turn) == "make two")
        turn.made([step("two", arguments: ["id": 7])])
        #expect(next(turn) == "ask" && turn.passedOn == [found])
        // What was asked beside it is told.
        turn = self.turn()
        turn.said(ChatReply(calls: first("two").calls + calls("two").calls))
        turn.made([found, step("two")])
        turn.made([step("two", arguments: ["id": 7])])
        #expect(turn.passedOn == [found])
        // Where the last fails, what the first said is told.
        turn = self.turn()
        turn.said(first("two"))
        turn.made([found])
        turn.made([step("two", .rejected, arguments: ["id": 7])])
        #expect(turn.passedOn.isEmpty)
        // What changes something is asked about as it is meant, and never made with what a plugin said.
        turn = self.turn()
        turn.said(first("set"))
        turn.made([found])
        #expect(next(turn) == "ask")
    }

    @Test func `what only reads and failed for a moment is called once more, and not a third time`() {
        var turn = turn()
        turn.said(calls("one", "two"))
        turn.made([step("one", .serverFailed), step("two")])
        #expect(next(turn) == "make one")
        turn.made([step("one", .serverFailed)])
        #expect(next(turn) == "ask")
        #expect(turn.steps.count == 3)
    }

    @Test(arguments: [ToolFailureKind.argumentsInvalid, .rejected, .operationChanged])
    func `what would fail again is not called again`(kind: ToolFailureKind) {
        var turn = turn()
        turn.said(calls("one"))
        turn.made([step("one", kind)])
        #expect(next(turn) == "ask")
    }

    @Test func `what changes something is never called again, and neither is what was denied`() {
        var turn = turn()
        turn.said(calls("set", "one"))
        turn.made([step("set", .serverFailed), step("one", isDenied: true)])
        #expect(next(turn) == "ask")
    }

    @Test func `no more calls are made than allowed, and the reason says so`() {
        var turn = turn(maxSteps: 1)
        turn.said(calls("one", "two"))
        #expect(next(turn) == "make one")
        turn.made([step("one")])
        #expect(next(turn) == "answer steps")
        var late = self.turn(maxSteps: 1)
        late.said(calls("one"))
        late.made([step("one", .serverFailed)])
        #expect(next(late) == "ask")
        late.said(calls("two"))
        #expect(next(late) == "answer steps")
    }

    @Test func `the same call is made once, and a model that repeats it has to do with what it knows`() {
        var turn = turn()
        turn.said(calls("one"))
        turn.made([step("one")])
        for _ in 0..<3 {
            #expect(next(turn) == "ask")
            turn.said(calls("one"))
        }
        #expect(next(turn) == "answer stop")
        #expect(turn.steps.count == 1)
        #expect(turn.rounds.last?.calls.first?.isRepeated == true)
    }

    @Test func `the same operation with other arguments is another call`() {
        var turn = turn()
        turn.said(calls("one", arguments: ["n": 1]))
        turn.made([step("one", arguments: ["n": 1])])
        turn.said(calls("one", arguments: ["n": 2]))
        #expect(next(turn) == "make one")
    }

    @Test func `an operation that nobody offered is not called`() {
        var turn = turn()
        turn.said(calls("three"))
        #expect(next(turn) == "ask")
        #expect(turn.steps.isEmpty)
    }

    // MARK: Failures that were made good

    private func unresolved(_ rounds: [[Step]], said: String) -> [JSONValue] {
        var turn = turn(maxSteps: 10)
        for round in rounds {
            turn.said(ChatReply(calls: round.map { PlannedCall(operation: $0.operation, arguments: $0.arguments) }))
            turn.made(round)
        }
        return turn.unresolved(said: said).map(\.arguments)
    }

    @Test func `a value that the API spells otherwise is called with once, and only where the call reads`() {
        var turn = turn()
        turn.said(calls("one", arguments: ["place": "Berln"]))
        var refused = step("one", .rejected, arguments: ["place": "Berln"])
        refused.error = "no city named Berln; did you mean Berlin?"
        turn.made([refused])
        guard case .make(let again) = turn.next() else {
            Issue.record("no call")
            return
        }
        #expect(again.map(\.arguments) == [["place": "Berlin"]])
        turn.made([step("one", arguments: ["place": "Berlin"])])
        #expect(next(turn) == "ask")
        #expect(turn.unresolved(said: "What time is it in Berln?") == [])
        #expect(SpellingCorrection.made(in: turn.steps, .english).map(\.meant) == ["Berlin"])

        var changing = self.turn()
        changing.said(calls("set", arguments: ["place": "Berln"]))
        refused.operation = "set"
        changing.made([refused])
        #expect(next(changing) == "ask")
    }

    @Test func `a request that HTTP does not call safe is not repeated, though its document says that it only reads`() {
        var tool = Self.tool("one")
        tool.origin = Tool.Origin(title: "", source: "", server: "", method: "POST", path: "/", binding: [])
        #expect(Repetition(after: step("one", .serverFailed), of: tool) == .none)
        tool.origin?.method = "GET"
        #expect(Repetition(after: step("one", .serverFailed), of: tool) == .same)
    }

    @Test func `a failure that any later call made good is none, whatever was called between`() {
        let failed = step("one", .rejected, arguments: ["a": "x"])
        let good = step("one", arguments: ["a": "y"])
        let other = step("two")
        #expect(unresolved([[failed], [other], [good]], said: "Do it.") == [])
        #expect(unresolved([[failed], [other]], said: "Do it.") == [["a": "x"]])
        #expect(unresolved([[failed, other, step("one", arguments: ["a": "x"])]], said: "Do it.") == [])
    }

    @Test func `where two things were asked for, the one that failed is told`() {
        let failed = step("one", .rejected, arguments: ["city": "Atlantis"])
        let good = step("one", arguments: ["city": "Oslo"])
        let asked = "How warm is it in Atlantis and in Oslo?"
        #expect(unresolved([[failed, good]], said: asked) == [["city": "Atlantis"]])
        #expect(unresolved([[failed], [good]], said: asked) == [["city": "Atlantis"]])
        #expect(unresolved([[failed], [good]], said: "How warm is it in Atlantis?") == [])
    }
}
