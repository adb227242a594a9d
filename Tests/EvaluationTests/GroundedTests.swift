import Core
import Testing

@testable import Evaluation

@Suite struct GroundedTests {
    @Test(
        arguments: [
            (42.1648128, "26.2 miles is 42.165 kilometers."), (42.1648128, "About 42.2 km."),
            (259200, "259,200 seconds"),
            (-5, "It is 5 hours behind."), (5.5, "5 hours and 30 minutes ahead"),
            ("2026-06-24", "That is 24 June 2026."),
            ("2026-06-24", "on June 24, 2026"), ("2026-06-24", "2026-06-24"), ("14:05", "at 14:05."),
            ("14:05", "2:05 PM"),
            ("07:05", "at 7:05 tomorrow"), ("00:30", "at 12:30 am"), ("05:49", "5 hours and 49 minutes long"),
            ("Sunday", "It was a sunday."),
        ] as [(JSONValue, String)])
    func `a figure may be said as people say it`(figure: JSONValue, text: String) {
        #expect(SaidFigure(value: figure).isSaid(in: text))
    }

    @Test(
        arguments: [
            (42.1648128, "It is 42.3 km."), (42.1648128, "16.28 kilometers"), (0.4, "0 of them"), (5, "15 hours"),
            ("2026-06-24", "24 July 2026"), ("2026-06-24", "124 June 2026"), ("14:05", "at 2:05"), ("02:05", "2:05 pm"),
            ("14:05", "at 14:50"), ("Sunday", "Monday"), (true, "true"),
        ] as [(JSONValue, String)])
    func `a figure that is another is not the one`(figure: JSONValue, text: String) {
        #expect(!SaidFigure(value: figure).isSaid(in: text))
    }

    @Test func `an answer that knows its limits says so`() {
        #expect(AnswerReading.isUnsure("I could not get an answer from almanac.sun: no such city."))
        #expect(AnswerReading.isUnsure("I'm not sure."))
        #expect(!AnswerReading.isUnsure("The sun sets at 18:04, give or take."))
    }

    @Test func `a number needs a source: the question, a result, or a rounding of what is there`() {
        let results: [JSONValue] = [["result": 42.1648128, "unit": "kilometer"]]
        func check(_ text: String) -> Bool {
            AnswerReading.hasSources(text, question: "How far are 26.2 miles?", results: results)
        }
        #expect(check("26.2 miles is 42.16 kilometers."))
        #expect(check("That is far."))
        #expect(!check("26.2 miles is 42.16 kilometers, or 46,112 yards."))
    }
}
