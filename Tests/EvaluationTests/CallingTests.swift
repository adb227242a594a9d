import Core
import SquireProtocol
import Testing

@testable import Evaluation

@Suite struct CallingTests {
    private let alarm = ExpectedCall(name: "alarm", arguments: ["time": ["6:30", "06:30"], "label": ["", "work"]])

    @Test(
        arguments: [
            (["time": "06:30"], true), (["time": "6:30", "label": "Work."], true), (["time": "6:31"], false),
            (["label": "work"], false), (["time": "6:30", "label": "home"], false),
            (["time": "6:30", "loud": true], false),
        ] as [(JSONValue, Bool)])
    func `an argument may be any of its values, but for case and marks, and be missing only where that is right`(
        given: JSONValue, isRight: Bool
    ) {
        #expect(alarm.accepts("alarm", given) == isRight)
        #expect(!alarm.accepts("timer", given))
    }

    @Test(
        arguments: [
            (5, 5.0, true), (5, "5", false), (true, true, true), (true, 1, false), ("North-East", "north east", true),
            ([1, 2], [1, 2], true), ([1, 2], [2, 1], false), (["a"], ["a", "b"], false),
            (["x": 1], ["x": [1, 2]], true), (["x": 3], ["x": [1, 2]], false),
            (["x": 1], ["x": [1], "y": ["", 2]], true), (["x": 1], ["x": [1], "y": [2]], false),
            (["x": 1, "z": 1], ["x": [1]], false),
        ] as [(JSONValue, JSONValue, Bool)])
    func `values are compared by what they mean`(value: JSONValue, right: JSONValue, isSame: Bool) {
        #expect(ExpectedCall.isSame(value, right) == isSame)
    }

    private func scores(_ calls: [(String, JSONValue)], wanted: CallingSuite.Wanted) -> [Measure: Double] {
        CallingSuite(name: "s", cases: []).outcome(
            of: calls.map { ModelCall.Result.Call(name: $0.0, arguments: $0.1) },
            for: CallingSuite.Case(id: "1", messages: [], tools: [], wanted: wanted), seconds: 0
        ).scores
    }

    @Test func `all calls that are wanted must be made, in any order, and no others`() {
        let timer = ExpectedCall(name: "timer", arguments: ["minutes": [5]])
        let both: [(String, JSONValue)] = [("timer", ["minutes": 5]), ("alarm", ["time": "6:30"])]
        #expect(scores(both, wanted: .calls([alarm, timer])) == [CallingSuite.right: 1, CallingSuite.rightTool: 1])
        #expect(scores(both, wanted: .calls([alarm, alarm])) == [CallingSuite.right: 0, CallingSuite.rightTool: 0])
        #expect(scores(both, wanted: .calls([alarm])) == [CallingSuite.right: 0, CallingSuite.rightTool: 0])
        #expect(
            scores([("timer", ["minutes": 6])], wanted: .calls([timer]))
                == [CallingSuite.right: 0, CallingSuite.rightTool: 1])
    }

    @Test func `where no call is wanted none is right, and where any is, any is`() {
        #expect(scores([], wanted: .calls([])) == [CallingSuite.none: 1])
        #expect(scores([("timer", [:])], wanted: .calls([])) == [CallingSuite.none: 0])
        #expect(scores([("timer", [:])], wanted: .anyCall) == [CallingSuite.some: 1])
        #expect(scores([], wanted: .anyCall) == [CallingSuite.some: 0])
    }
}
