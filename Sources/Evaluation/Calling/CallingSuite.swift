import Core
import SquireClient
import SquireProtocol

/// Questions with tools for them: is the right one called, with the right arguments, and none where none fits?
struct CallingSuite: EvaluationSuite {
    enum Wanted: Sendable, Hashable {
        /// These and no others, in any order; empty is none at all.
        case calls([ExpectedCall])
        /// Any call.
        case anyCall
    }

    struct Case: Sendable, Hashable {
        var id: String
        var messages: [ChatTurn]
        var tools: [ModelCall.Parameters.Tool]
        var wanted: Wanted
    }

    static let right = Measure("calls right")
    static let rightTool = Measure("right tool")
    static let none = Measure("none where none fits")
    static let some = Measure("calls at all")

    var name: String
    var cases: [Case]

    var measures: [Measure] { [Self.right, Self.rightTool, Self.none, Self.some] }
    var caseCount: Int { cases.count }

    func limited(to count: Int) -> CallingSuite { CallingSuite(name: name, cases: Array(cases.prefix(count))) }

    func prepare(_ client: SquireClient) async throws {}

    func run(_ index: Int, _ client: SquireClient) async throws -> CaseOutcome {
        let test = cases[index]
        let start = ContinuousClock.now
        let calls = try await client.call(ModelCall.self, .init(messages: test.messages, tools: test.tools)).calls
        return outcome(of: calls, for: test, seconds: (.now - start) / .seconds(1))
    }

    func outcome(of calls: [ModelCall.Result.Call], for test: Case, seconds: Double) -> CaseOutcome {
        let scores: [Measure: Double]
        switch test.wanted {
        case .anyCall: scores = [Self.some: calls.isEmpty ? 0 : 1]
        case .calls([]): scores = [Self.none: calls.isEmpty ? 1 : 0]
        case .calls(let expected):
            let isRightTool = calls.map(\.name).sorted() == expected.map(\.name).sorted()
            scores = [Self.right: Self.fit(calls, expected) ? 1 : 0, Self.rightTool: isRightTool ? 1 : 0]
        }
        return CaseOutcome(
            scores: scores,
            came: calls.isEmpty ? "no call" : calls.map { "\($0.name)(\($0.arguments.text))" }.joined(separator: ", "),
            seconds: seconds, isRight: scores.values.allSatisfy { $0 == 1 })
    }

    /// Whether each call is one that is wanted and each that is wanted is made once.
    private static func fit(_ calls: [ModelCall.Result.Call], _ expected: [ExpectedCall]) -> Bool {
        guard calls.count == expected.count else { return false }
        var left = calls
        for wanted in expected {
            guard let index = left.firstIndex(where: { wanted.accepts($0.name, $0.arguments) }) else { return false }
            left.remove(at: index)
        }
        return true
    }

    func question(_ index: Int) -> CaseQuestion {
        let test = cases[index]
        let (wanted, measures): (String, [Measure]) =
            switch test.wanted {
            case .anyCall: ("any call", [Self.some])
            case .calls([]): ("no call", [Self.none])
            case .calls(let calls): (calls.map(\.text).joined(separator: ", "), [Self.right, Self.rightTool])
            }
        return CaseQuestion(id: test.id, text: test.messages.last?.content ?? "", wanted: wanted, measures: measures)
    }
}
