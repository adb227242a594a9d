import Testing

@testable import Understanding

/// Dates and times of day in a text.
struct MentionsTests {
    private let language = QuestionLanguage.english

    private func dates(_ text: String) -> [String] {
        language.dates.find(in: text, today: "2026-11-23").map(\.date)
    }

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
        #expect(dates(text) == [date])
    }

    @Test(
        "what only looks like a date is none",
        arguments: ["2026-13-45", "the 3 musketeers", "may I ask", "version 1.2.3"])
    func noDates(text: String) {
        #expect(dates(text).isEmpty)
    }

    @Test("times are found as they are written")
    func times() {
        func times(_ text: String) -> [String] { language.times.find(in: text).map(\.text) }
        #expect(times("from 9:30 am to 14:00, or noon") == ["9:30 am", "14:00", "noon"])
        #expect(times("at 3 pm") == ["3 pm"])
    }
}
