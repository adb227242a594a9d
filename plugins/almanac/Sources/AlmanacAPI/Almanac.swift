package import Foundation

/// What answers: the tables, the clock and the machine's own time zone.
package struct Almanac: Sendable {
    let gazetteer: Gazetteer
    let units: UnitReader
    let now: @Sendable () -> Date
    /// Where `today` is today, for questions that name no place.
    let home: TimeZone

    /// - Parameters:
    ///   - now: the clock.
    ///   - home: the zone whose day `today` is.
    package init(now: @escaping @Sendable () -> Date = { Date() }, home: TimeZone = .current) {
        gazetteer = Gazetteer()
        units = UnitReader()
        self.now = now
        self.home = home
    }

    /// The same for somebody whose clock has another time zone.
    ///
    /// - Parameter zone: an IANA name; one that is not known, or none, leaves the machine's.
    package func seen(from zone: String?) -> Almanac {
        zone.flatMap(TimeZone.init(identifier:)).map { Almanac(self, home: $0) } ?? self
    }

    private init(_ other: Almanac, home: TimeZone) {
        gazetteer = other.gazetteer
        units = other.units
        now = other.now
        self.home = home
    }

    /// - Throws: `AlmanacError` where the clock is outside years 1 to 9999.
    func today(in zone: TimeZone? = nil) throws(AlmanacError) -> CalendarDate {
        guard let today = CalendarDate(now(), in: zone ?? home) else {
            throw AlmanacError(.invalid, "the machine's clock shows no year from 1 to 9999; set it")
        }
        return today
    }

    /// The place that a text names; "here" is where the asker's clock is.
    func place(_ text: String) throws(AlmanacError) -> Place {
        guard Self.here.contains(text.folded) else { return try gazetteer.place(text) }
        return Place(label: "your time zone (\(home.identifier))", zone: home.identifier, timeZone: home)
    }

    private static let here: Set = ["here", "home", "local", "local time", "my time", "my time zone", "where i am"]

    /// The day an optional argument names; today where it was left out.
    func date(
        _ arguments: Arguments, _ name: String, in zone: TimeZone? = nil, yearless: DateReader.Yearless = .thisYear
    ) throws(AlmanacError) -> CalendarDate {
        let today = try today(in: zone)
        guard let text = arguments[optional: name] else { return today }
        return try DateReader(today: today, yearless: yearless).read(text)
    }
}
