import Foundation
import Testing

@testable import AlmanacAPI

struct SkyTests {
    @Test func `the sun stands where Meeus's examples 25.a and 28.b put it`() throws {
        // 1992-10-13 0h of dynamical time, which was 59 seconds ahead.
        let sun = SolarPosition(at: try instant("1992-10-12T23:59:01Z"))
        #expect(abs(sun.apparentLongitude - 199.90895) < 0.001)
        #expect(abs(sun.declination - -7.78507) < 0.001)
        #expect(abs(sun.equationOfTime - 13.7117) < 0.05)
    }

    @Test(arguments: [
        ("Oslo", "2026-06-21", "03:54", "22:44"), ("London", "2026-06-21", "04:43", "21:21"),
        ("London", "2026-12-21", "08:04", "15:53"), ("New York", "2026-06-21", "05:25", "20:31"),
        ("New York", "2026-12-21", "07:17", "16:32"), ("Sydney", "2026-12-21", "05:41", "20:05"),
        ("Reykjavik", "2026-06-21", "02:55", "00:03"), ("Singapore", "2026-03-20", "07:09", "19:16"),
        ("Auckland", "2026-12-21", "05:58", "20:39"),
    ])
    func `sunrise and sunset are those of published almanacs, within two minutes`(
        place: String, date: String, sunrise: String, sunset: String
    ) async throws {
        let answer = try await get("sun", ["place": place, "date": date]).members
        #expect(try minutesApart(answer["sunrise"], sunrise) <= 2)
        #expect(try minutesApart(answer["sunset"], sunset) <= 2)
    }

    @Test func `a sunset after midnight says on which date it is`() async throws {
        let answer = try await get("sun", ["place": "Reykjavik", "date": "2026-06-21"]).members
        #expect(answer["sunsetDate"] == "2026-06-22")
        #expect(answer["summary"]?.plainText.contains("after midnight") == true)
    }

    @Test func `the sun that does not set or rise is stated as a fact`() async throws {
        let summer = try await get("sun", ["place": "Tromsø", "date": "2026-07-01"])
        #expect(summer.status == 200)
        #expect(summer.members["state"] == "polar day")
        #expect(summer.members["sunset"] == nil)
        #expect(summer.members["summary"]?.plainText.contains("the sun does not set") == true)
        let winter = try await get("sun", ["place": "Tromsø", "date": "2026-12-21"]).members
        #expect(winter["state"] == "polar night")
        let south = try await get("sun", ["place": "-75, 0", "date": "2026-12-21"]).members
        #expect(south["state"] == "polar day")
    }

    @Test(arguments: ["Apia", "Pacific/Kiritimati", "Honolulu"])
    func `noon falls on the day asked for, whichever side of the date line it is`(place: String) async throws {
        let found = try almanac.gazetteer.place(place)
        let coordinate = found.coordinate ?? Place.Coordinate(latitude: 1.87, longitude: -157.4)
        let sun = SunTimes(on: try day(2026, 3, 20), at: coordinate, in: found.timeZone)
        #expect(CalendarDate(sun.noon, in: found.timeZone) == (try day(2026, 3, 20)))
    }

    @Test func `phases come when Meeus's examples 49.a and 49.b say`() throws {
        // New moon 1977-02-18 3h37m42s of dynamical time, 48 seconds ahead; last quarter 2044-01-21 23h48m17s.
        let new = MoonPhase.newMoon.next(after: try instant("1977-02-10T00:00:00Z"))
        #expect(abs(new.timeIntervalSince(try instant("1977-02-18T03:36:54Z"))) < 120)
        let quarter = MoonPhase.lastQuarter.next(after: try instant("2044-01-10T00:00:00Z"))
        #expect(abs(quarter.timeIntervalSince(try instant("2044-01-21T23:47:00Z"))) < 180)
    }

    @Test(arguments: [
        "2026-01-03T10:03:00Z", "2026-05-01T17:23:00Z", "2026-05-31T08:45:00Z", "2026-11-24T14:53:00Z",
        "2026-12-24T01:28:00Z",
    ])
    func `full moons of 2026 are the published ones`(text: String) throws {
        let published = try instant(text)
        let found = MoonPhase.fullMoon.next(after: published.addingTimeInterval(-5 * 86_400))
        #expect(abs(found.timeIntervalSince(published)) < 180)
    }

    @Test func `the moon is lit as in Meeus's example 48.a, and the phases follow each other`() throws {
        #expect(abs(MoonPhase.illuminatedFraction(at: try instant("1992-04-11T23:59:01Z")) - 0.6786) < 0.003)
        #expect(MoonPhase.last(before: try instant("2026-11-20T00:00:00Z")) == .firstQuarter)
        #expect(MoonPhase.last(before: try instant("2026-11-25T00:00:00Z")) == .fullMoon)
    }

    private func minutesApart(_ found: Scalar?, _ expected: String) throws -> Int {
        let a = try ClockTime(reading: #require(found).plainText)
        let b = try ClockTime(reading: expected)
        let distance = abs(a.hour * 60 + a.minute - b.hour * 60 - b.minute)
        return min(distance, 1440 - distance)
    }
}
