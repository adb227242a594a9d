import Testing

@testable import AlmanacAPI

struct DateReaderTests {
    @Test(arguments: [
        "2026-06-21", "2026/6/21", "20260621", "June 21 2026", "21 June 2026", "June 21st, 2026", "21.06.2026",
        "21.6.26",
        "6/21/2026", "21/6/2026", "21-06-2026", "Sunday, June 21, 2026", "the 21st of june 2026", "jun 21 2026",
        " 2026-06-21 ",
        "2026-06-21T10:00:00Z", "on 21 June",
    ])
    func `one day is read however it is written`(text: String) throws {
        let reader = DateReader(today: try day(2026, 11, 23))
        #expect(try reader.read(text) == day(2026, 6, 21))
    }

    @Test(arguments: [
        ("today", 23, 11, 2026), ("Tomorrow", 24, 11, 2026), ("yesterday", 22, 11, 2026),
        ("next friday", 27, 11, 2026),
        ("monday", 30, 11, 2026), ("last monday", 16, 11, 2026), ("last sunday", 22, 11, 2026),
        ("in 3 weeks", 14, 12, 2026),
        ("2 months ago", 23, 9, 2026), ("10 days from now", 3, 12, 2026), ("next year", 23, 11, 2027),
        ("Christmas", 25, 12, 2026), ("New Year's Day", 1, 1, 2027), ("christmas 2030", 25, 12, 2030),
        ("Valentine's Day", 14, 2, 2027), ("2028", 1, 1, 2028), ("June 2026", 1, 6, 2026), ("3 March", 3, 3, 2026),
    ])
    func `words are counted from today, a Monday`(text: String, number: Int, month: Int, year: Int) throws {
        let reader = DateReader(today: try day(2026, 11, 23))
        #expect(try reader.read(text) == day(year, month, number))
    }

    @Test func `a day without its year can mean the next one`() throws {
        let reader = DateReader(today: try day(2026, 11, 23), yearless: .next)
        #expect(try reader.read("3 March") == day(2027, 3, 3))
        #expect(try reader.read("23 november") == day(2026, 11, 23))
        #expect(try reader.read("29 February") == day(2028, 2, 29))
    }

    @Test(arguments: [
        ("30 February 2026", "there is no 30 February 2026: February 2026 has 28 days"),
        ("2026-13-01", "months go from 1 to 12"), ("soon", "write it like 2026-06-21"), ("", "the date is empty"),
        ("99999999999999999999", "cannot read the date"), ("May June 2026", "cannot read the date"),
    ])
    func `what is no date is told why`(text: String, reason: String) throws {
        let reader = DateReader(today: try day(2026, 11, 23))
        let error = #expect(throws: AlmanacError.self) { try reader.read(text) }
        #expect(error?.code == .invalid)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }
}
