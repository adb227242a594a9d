import Core
import Testing

@testable import Guided
@testable import Understanding

struct MentionsTests {
    private func mentions(_ text: String) -> Mentions { Mentions(in: text, today: "2026-11-23") }

    @Test(
        "dates are found however they are written",
        arguments: [
            ("on 2026-06-21", "2026-06-21"), ("on 21 June 2026", "2026-06-21"), ("June 21st, 2026?", "2026-06-21"),
            ("21.06.2026", "2026-06-21"), ("6/21/2026", "2026-06-21"), ("today", "2026-11-23"),
            ("tomorrow", "2026-11-24"),
            ("the day before yesterday", "2026-11-21"), ("next Monday", "2026-11-30"),
            ("until Christmas", "2026-12-25"),
        ])
    func dates(text: String, date: String) {
        #expect(mentions(text).dates == [date])
    }

    @Test(
        "what only looks like a date is none",
        arguments: ["2026-13-45", "the 3 musketeers", "may I ask", "version 1.2.3"])
    func noDates(text: String) {
        #expect(mentions(text).dates.isEmpty)
    }

    @Test("numbers are found as digits and words, and not in dates, times and names")
    func numbers() {
        #expect(mentions("26.2 miles and 1,500 feet").numbers == [26.2, 1500])
        #expect(mentions("seven or twenty-five").numbers == [7, 25])
        #expect(mentions("on 2026-06-21 at 15:30 in B12").numbers.isEmpty)
        #expect(mentions("-40 degrees").numbers == [-40])
    }

    @Test("a number keeps all its digits")
    func digits() {
        #expect(
            mentions("order 12345678901234567891 and -98,765,432,109,876,543,210, or 007 and 1.50").numbers == [
                .digits("12345678901234567891"), .digits("-98765432109876543210"), 7, 1.5,
            ])
    }

    @Test("times are found as they are written")
    func times() {
        #expect(mentions("from 9:30 am to 14:00, or noon").times == ["9:30 am", "14:00", "noon"])
        #expect(mentions("at 3 pm").times == ["3 pm"])
    }

    @Test("a unit is found by its name in any spelling and number, and by its symbol beside a number")
    func choices() {
        let schema: JSONValue = ["x-squire-aliases": ["fahrenheit": ["°F", "F"], "inch": ["in"], "kilometer": ["km"]]]
        let choices = ChoiceMentions(
            ["kilometer", "mile", "foot", "inch", "fahrenheit", "square mile"], schema: schema, .english)
        func found(_ text: String) -> [String] { choices.find(in: mentions(text).words).map(\.choice) }
        #expect(found("How many kilometres is 5 miles?") == ["kilometer", "mile"])
        #expect(found("6 feet in inches") == ["foot", "inch"])
        #expect(found("100 F") == ["fahrenheit"])
        #expect(found("how many km in a square mile") == ["kilometer", "square mile"])
        #expect(found("I live in a house") == [])
    }

    @Test("names are words with a capital that begin no sentence")
    func names() {
        let mentions = Mentions(in: "I am in Buenos Aires. What does the clock show in Rome?", today: "2026-01-01")
        #expect(mentions.names == ["Buenos Aires", "Rome"])
    }
}
