import Foundation

/// A time of day, to the minute.
struct ClockTime: Sendable, Hashable {
    var hour: Int
    var minute: Int

    /// `09:05`.
    var text: String { "\(twoDigits(hour)):\(twoDigits(minute))" }

    init(hour: Int, minute: Int) {
        self.hour = hour
        self.minute = minute
    }

    /// The time of day at an instant in a zone.
    init(_ instant: Date, in zone: TimeZone) {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: instant)
        let ofDay = ((seconds % 86_400) + 86_400) % 86_400
        self.init(hour: ofDay / 3600, minute: ofDay / 60 % 60)
    }

    /// Reads `15:00`, `3pm`, `3:30 p.m.`, `15.30`, `15h30`, `1500`, `3 o'clock`, `noon`, `midnight`.
    ///
    /// - Throws: `AlmanacError` that shows how to write it.
    init(reading text: String) throws(AlmanacError) {
        let shown = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let plain = shown.lowercased().replacing(".m", with: "m").replacing("m.", with: "m").replacing("at ", with: "")
        switch plain {
        case "noon", "midday", "12 noon": self.init(hour: 12, minute: 0)
        case "midnight", "12 midnight": self.init(hour: 0, minute: 0)
        default:
            let pattern =
                /(\d{1,2})(?:\s*[:.h]\s*(\d{2})?(?::\d{2})?|(\d{2}))?\s*(am|pm|a|p|o'?clock|hours|hrs|h)?(?:\s+(in the morning|in the afternoon|in the evening))?/
            guard let match = plain.wholeMatch(of: pattern), let hour = Int(match.1),
                let minute = Int(match.2 ?? match.3 ?? "0"), minute < 60
            else { throw Self.unreadable(shown) }
            let half = match.4.flatMap { "ap".contains($0.prefix(1)) ? $0.prefix(1) : nil }
            if let half = half ?? match.5.map({ $0.hasSuffix("morning") ? "a" : "p" }) {
                guard (1...12).contains(hour) || match.5 != nil && hour < 24 else { throw Self.unreadable(shown) }
                self.init(hour: hour > 12 ? hour : hour % 12 + (half == "p" ? 12 : 0), minute: minute)
            } else {
                guard hour < 24 else { throw Self.unreadable(shown) }
                self.init(hour: hour, minute: minute)
            }
        }
    }

    private static func unreadable(_ text: String) -> AlmanacError {
        AlmanacError(.invalid, "cannot read the time \"\(text)\"; write it like 15:00 or 3 pm")
    }

    /// The instant the clocks of a zone show this time on a day: of two the first, where clocks go back.
    ///
    /// - Throws: `AlmanacError` where clocks skip it as they go forward.
    func instant(on date: CalendarDate, in zone: TimeZone) throws(AlmanacError) -> Date {
        let local = Double(date.dayNumber) * 86_400 + Double(hour * 3600 + minute * 60)
        // The offset is one of those in force a day before and a day after.
        let offsets = [-86_400.0, 86_400.0].map { shift in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: local + shift))
        }
        let instants = offsets.map { Date(timeIntervalSince1970: local - Double($0)) }
            .filter { zone.secondsFromGMT(for: $0) == Int(local - $0.timeIntervalSince1970) }
        guard let first = instants.min() else {
            throw AlmanacError(
                .invalid,
                "there is no \(text) on \(date.spoken) in \(zone.identifier): clocks go forward over it that day; ask for another time"
            )
        }
        return first
    }
}

extension Date {
    /// The instant rounded to the nearest minute, as almanacs print it.
    var toTheMinute: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 / 60).rounded() * 60)
    }

    /// The local time of day, rounded to the nearest minute.
    func clockTime(in zone: TimeZone) -> ClockTime {
        ClockTime(toTheMinute, in: zone)
    }
}
