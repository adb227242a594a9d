import Foundation

/// A day of the Gregorian calendar, kept also for the centuries before it was introduced (ISO 8601), years 1 to 9999.
///
/// Its own arithmetic and not `Calendar`'s, which turns to the Julian calendar before 1582.
struct CalendarDate: Sendable, Hashable, Comparable {
    let year: Int
    let month: Int
    let day: Int

    /// Nil where there is no such day.
    init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.lengthOfMonth(month, in: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that is so many days after 1970-01-01; nil outside years 1 to 9999.
    init?(dayNumber: Int) {
        guard (Self.first...Self.last).contains(dayNumber) else { return nil }
        // Years counted from March, so that a leap day is the last of its year: 719,468 days lie between 0000-03-01
        // and 1970-01-01, 146,097 in 400 years.
        let days = dayNumber + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// The day it is at an instant in a zone; nil outside years 1 to 9999.
    init?(_ instant: Date, in zone: TimeZone) {
        let seconds = instant.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: instant))
        guard abs(seconds) < 1e12 else { return nil }
        self.init(dayNumber: Int((seconds / 86_400).rounded(.down)))
    }

    private static let first = -719_162
    private static let last = 2_932_896

    /// Days since 1970-01-01.
    var dayNumber: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.dayNumber < b.dayNumber }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func lengthOfMonth(_ month: Int, in year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// So many days later; nil outside years 1 to 9999.
    func adding(days: Int) -> CalendarDate? {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return overflow ? nil : CalendarDate(dayNumber: sum)
    }

    /// The same day so many months later, or the last of that month where it is shorter: a month after 31 January is
    /// 28 February. Nil outside years 1 to 9999.
    func adding(months: Int) -> CalendarDate? {
        let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !overflow, total >= 12 else { return nil }
        let (year, month) = (total / 12, total % 12 + 1)
        return CalendarDate(year: year, month: month, day: min(day, Self.lengthOfMonth(month, in: year)))
    }
}

extension CalendarDate {
    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// 0 is Monday.
    var weekdayIndex: Int {
        // 1970-01-01 was a Thursday; 719,163 days, whole weeks but one, keep the sum positive.
        (dayNumber + 3 + 7 * 102_738) % 7
    }

    var weekday: String { Self.weekdayNames[weekdayIndex] }

    /// From 1.
    var dayOfYear: Int {
        (1..<month).reduce(day) { $0 + Self.lengthOfMonth($1, in: year) }
    }

    /// The week by ISO 8601, where a week belongs to the year that has its Thursday.
    var isoWeek: (year: Int, week: Int) {
        let thursday = adding(days: 3 - weekdayIndex) ?? self
        return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
    }

    /// `2026-06-21`.
    var text: String {
        let digits = String(year)
        return String(repeating: "0", count: 4 - digits.count) + digits + "-\(twoDigits(month))-\(twoDigits(day))"
    }

    /// `21 June 2026`.
    var spoken: String { "\(day) \(Self.monthNames[month - 1]) \(year)" }

    /// `Sunday 21 June 2026`.
    var spokenWithWeekday: String { "\(weekday) \(spoken)" }
}
