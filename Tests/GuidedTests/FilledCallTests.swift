import Core
import Testing

@testable import Guided
@testable import Understanding

/// A tool with what a question gives for it.
struct FilledCallTests {
    private func call(_ name: String, _ question: String) async throws -> FilledCall {
        let tool = try #require(try ToolLine.tools("filling-tools.jsonl")[name])
        return try await FilledQuestion(question, for: tool).call
    }

    private func values(_ call: FilledCall) -> [JSONValue?] { call.assignment.filled.map { $0?.value } }

    @Test func `a follow-up has what it does not say from the question before it`() async throws {
        let before = try await call("weather", "the weather in Oslo for 3 days")
        let after = try await call("weather", "And in Lima?").completed(by: before)
        #expect(values(after) == ["Lima", 3])
        // Where the words of the other question stand says nothing in this one.
        #expect(after.assignment.ranges.count == 1)
    }

    @Test func `a part of a question has what it leaves open from the whole, and keeps what it says`() async throws {
        let tool = try #require(try ToolLine.tools("filling-tools.jsonl")["weather"])
        let whole = try await FilledQuestion("the population of Oslo, and the weather for 3 days", for: tool)
        func supplied(_ part: String) async throws -> [JSONValue?] {
            let part = try await FilledQuestion(part, for: tool)
            return values(part.call.supplied(by: whole.call, part.reading, whole.reading))
        }
        #expect(try await supplied("the weather for 3 days") == ["Oslo", 3])
        #expect(try await supplied("the weather in Lima") == ["Lima", nil])
    }

    @Test func `one day is both ends of a period that needs both, and two days are one each`() async throws {
        #expect(values(try await call("events", "what happened on 2019-07-25")) == ["2019-07-25", "2019-07-25"])
        let two = try await call("events", "what happened from 2019-07-25 to 2019-07-27")
        #expect(values(two) == ["2019-07-25", "2019-07-27"])
    }

    @Test func `the part of the required arguments that is given counts, and 1 where none is required`() async throws {
        #expect(try await call("area", "a rectangle of width 3 m and height 4 m").grounded == 1)
        #expect(try await call("area", "a rectangle of width 3 m").grounded == 0.5)
        #expect(try await call("area", "a rectangle").grounded == 0)
        #expect(try await call("books", "a rectangle").grounded == 1)
    }
}

/// Which values fill which slots.
struct AssignmentTests {
    private func slots(_ names: [String], required: Bool) -> [Slot] {
        Slot.all(
            of: Tool(
                plugin: "p", operation: "op", description: "",
                parameters: [
                    "properties": .object(JSONObject(names.map { ($0, ["type": "string"]) })),
                    "required": .array(required ? names.map(JSONValue.string) : []),
                ], parameterOrder: names, isReadOnly: true), in: .english)
    }

    private func candidate(_ value: JSONValue, _ range: Range<Int>, _ score: Double) -> Candidate {
        Candidate(value: value, range: range, score: score)
    }

    @Test func `together the values fit best, though one alone would fit elsewhere`() {
        let candidates = [
            [candidate("a", 0..<1, 2), candidate("b", 2..<3, 1.9)], [candidate("a", 0..<1, 2)],
        ]
        let best = Assignment.best(slots(["one", "two"], required: true), candidates)
        #expect(best.filled.map { $0?.value } == ["b", "a"])
    }

    @Test func `no word is used twice, and an optional slot stays empty where little speaks for it`() {
        let twice = [[candidate("a", 0..<1, 2)], [candidate("a", 0..<1, 2)]]
        #expect(Assignment.best(slots(["one", "two"], required: true), twice).filled.compactMap(\.self).count == 1)
        let poor = [[candidate("a", 0..<1, 0.3)]]
        #expect(Assignment.best(slots(["one"], required: false), poor).filled == [nil])
        #expect(Assignment.best(slots(["one"], required: true), poor).filled.map { $0?.value } == ["a"])
    }

    @Test func `rivals fill as many slots nearly as well, each once`() {
        let candidates = [
            [
                candidate("a", 0..<1, 2), candidate("a", 4..<5, 1.9), candidate("b", 2..<3, 1.5),
                candidate("c", 6..<7, -3),
            ]
        ]
        let rivals = Assignment.rivals(slots(["one"], required: true), candidates)
        #expect(rivals.map { $0.filled.first.flatMap { $0?.value } } == ["a", "b"])
        #expect(Assignment.rivals([], []).count == 1)
    }
}
