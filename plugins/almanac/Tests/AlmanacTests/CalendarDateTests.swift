import Testing

@testable import AlmanacAPI

struct CalendarDateTests {
    @Test func `a day keeps its number both ways through leap years and centuries`() throws {
        #expect(try day(1970, 1, 1).dayNumber == 0)
        #expect(try day(2000, 3, 1).dayNumber == 11_017)
        #expect(CalendarDate(dayNumber: -719_163) == nil)
        #expect(CalendarDate(dayNumber: 2_932_897) == nil)
        for number in stride(from: -719_162, through: 2_932_896, by: 97) {
            #expect(CalendarDate(dayNumber: number)?.dayNumber == number)
        }
    }

    @Test(arguments: [
        (1969, 7, 20, "Sunday"), (1989, 11, 9, "Thursday"), (2000, 1, 1, "Saturday"), (2026, 11, 23, "Monday"),
        (1, 1, 1, "Monday"), (9999, 12, 31, "Friday"),
    ])
    func `weekdays are those of history`(year: Int, month: Int, number: Int, name: String) throws {
        #expect(try day(year, month, number).weekday == name)
    }

    @Test(arguments: [
        (2026, 1, 1, 2026, 1), (2027, 1, 1, 2026, 53), (2028, 1, 1, 2027, 52), (2024, 12, 30, 2025, 1),
        (2026, 6, 21, 2026, 25),
    ])
    func `weeks are counted as ISO 8601 says`(year: Int, month: Int, number: Int, weekYear: Int, week: Int) throws {
        let found = try day(year, month, number).isoWeek
        #expect(found == (weekYear, week))
    }

    @Test func `a month after the last of January is the last of February`() throws {
        #expect(try day(2026, 1, 31).adding(months: 1) == day(2026, 2, 28))
        #expect(try day(2024, 1, 31).adding(months: 1) == day(2024, 2, 29))
        #expect(try day(2026, 3, 31).adding(months: -13) == day(2025, 2, 28))
        #expect(try day(2024, 2, 29).adding(months: 60) == day(2029, 2, 28))
    }

    @Test func `days that do not exist are refused, and so are years beyond the calendar`() throws {
        #expect(CalendarDate(year: 2026, month: 2, day: 29) == nil)
        #expect(CalendarDate(year: 1900, month: 2, day: 29) == nil)
        #expect(CalendarDate(year: 2000, month: 2, day: 29) != nil)
        #expect(CalendarDate(year: 0, month: 1, day: 1) == nil)
        #expect(try day(2026, 1, 1).adding(days: .max) == nil)
        #expect(try day(2026, 1, 1).adding(months: .max) == nil)
        #expect(try day(1, 1, 1).adding(months: -1) == nil)
    }

    @Test func `the time between two days is whole months, then days`() throws {
        #expect(try yearsMonthsDays(day(2026, 11, 23), day(2026, 12, 25)) == "1 month and 2 days")
        #expect(try yearsMonthsDays(day(2026, 1, 31), day(2026, 3, 1)) == "1 month and 1 day")
        #expect(try yearsMonthsDays(day(1990, 7, 3), day(2026, 11, 23)) == "36 years, 4 months and 20 days")
        #expect(try yearsMonthsDays(day(2026, 1, 1), day(2026, 1, 1)) == "0 days")
    }
}
