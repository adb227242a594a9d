import Foundation
import Testing

@testable import AlmanacAPI

struct ClockTimeTests {
    @Test(arguments: [
        "15:30", "3:30 pm", "3:30PM", "3.30 p.m.", "15.30", "15h30", "1530", "15:30:12", "3:30 in the afternoon",
        "at 15:30",
    ])
    func `one time of day is read however it is written`(text: String) throws {
        #expect(try ClockTime(reading: text).text == "15:30")
    }

    @Test(arguments: [
        ("noon", "12:00"), ("midnight", "00:00"), ("12 am", "00:00"), ("12pm", "12:00"), ("7", "07:00"),
        ("3 o'clock", "03:00"),
        ("9 in the evening", "21:00"), ("0:00", "00:00"),
    ])
    func `noon, midnight and whole hours are read`(text: String, expected: String) throws {
        #expect(try ClockTime(reading: text).text == expected)
    }

    @Test(arguments: ["25:00", "15:60", "13 pm", "late", "", "0 am"])
    func `what is no time of day is refused`(text: String) {
        #expect(throws: AlmanacError.self) { try ClockTime(reading: text) }
    }

    @Test func `of the two 02:30 of an autumn night the first is meant, and the one of a spring night does not exist`()
        throws
    {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        let time = ClockTime(hour: 2, minute: 30)
        #expect(try time.instant(on: day(2026, 10, 25), in: berlin) == instant("2026-10-25T00:30:00Z"))
        let error = try #require(throws: AlmanacError.self) { try time.instant(on: day(2026, 3, 29), in: berlin) }
        #expect(error.message.contains("clocks go forward"))
    }
}
