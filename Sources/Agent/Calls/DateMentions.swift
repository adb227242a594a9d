import Core
import Foundation

/// Finds dates as people write them.
enum DateMentions {
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

    /// Days that are the same each year, by month and day.
    private static let holidays = [
        "christmas eve": (12, 24), "christmas": (12, 25), "new year's eve": (12, 31), "new year's day": (1, 1),
        "new year": (1, 1),
        "halloween": (10, 31), "valentine's day": (2, 14),
    ]

    private static let yearFirst = TextPattern(#"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"#)
    private static let dotted = TextPattern(#"(\d{1,2})\.(\d{1,2})\.(\d{4})"#)
    private static let yearLast = TextPattern(#"(\d{1,2})[/-](\d{1,2})[/-](\d{4})"#)
    private static let dayAndMonth = TextPattern(
        #"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+([A-Za-z]{3,9})\.?(?:,?\s+(\d{4}))?"#)
    private static let monthAndDay = TextPattern(
        #"([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(\d{4}))?"#)
    private static let nearDay = TextPattern(
        #"(?i)\b(?:day after tomorrow|day before yesterday|today|tomorrow|yesterday|tonight)\b"#)
    private static let holiday = TextPattern(
        #"(?i)\b(?:christmas eve|christmas|new year's eve|new year's day|new year|halloween|valentine's day)\b"#)
    private static let weekday = TextPattern(#"(?i)\b(next|last|this|on)\s+([A-Za-z]+day)\b"#)

    /// Gives the dates as `YYYY-MM-DD` in the order they stand, and puts something else in their place.
    ///
    /// - Parameter replacement: of a date; a space takes it out.
    static func extract(
        from text: inout String, today: String, replacement: (String) -> String = { _ in " " }
    ) -> [String] {
        let found = find(in: text, today: today)
        for (range, date) in found.reversed() { text.replaceSubrange(range, with: replacement(date)) }
        return found.map(\.date)
    }

    /// The dates as `YYYY-MM-DD` and where they stand, in that order.
    static func find(in text: String, today: String) -> [(range: Range<String.Index>, date: String)] {
        guard let base = date(today) else { return [] }
        var found: [(range: Range<String.Index>, date: String)] = []
        func add(_ range: Range<String.Index>, _ year: Int, _ month: Int, _ day: Int) {
            guard !found.contains(where: { $0.0.overlaps(range) }), let date = valid(year, month, day) else { return }
            found.append((range, date))
        }
        func number(_ match: TextPattern.Match, _ group: Int) -> Int { Int(match.text(group)) ?? 0 }
        for match in yearFirst.matches(in: text) {
            add(match.range, number(match, 1), number(match, 2), number(match, 3))
        }
        for match in dotted.matches(in: text) {
            add(match.range, number(match, 3), number(match, 2), number(match, 1))
        }
        for match in yearLast.matches(in: text) {
            // Month first, as in the United States, unless that cannot be.
            let (first, second) = (number(match, 1), number(match, 2))
            add(match.range, number(match, 3), first > 12 ? second : first, first > 12 ? first : second)
        }
        let thisYear = calendar.component(.year, from: base)
        for match in dayAndMonth.matches(in: text) {
            guard let month = month(match.text(2)) else { continue }
            add(match.range, match[3].flatMap { Int($0) } ?? thisYear, month, number(match, 1))
        }
        for match in monthAndDay.matches(in: text) {
            guard let month = month(match.text(1)) else { continue }
            add(match.range, match[3].flatMap { Int($0) } ?? thisYear, month, number(match, 2))
        }
        for match in nearDay.matches(in: text) {
            let offset =
                switch match.text.lowercased() {
                case "tomorrow": 1
                case "yesterday": -1
                case "day after tomorrow": 2
                case "day before yesterday": -2
                default: 0
                }
            guard !found.contains(where: { $0.0.overlaps(match.range) }) else { continue }
            found.append((match.range, day(base, plus: offset)))
        }
        for match in holiday.matches(in: text) {
            guard let (month, day) = holidays[match.text.lowercased()] else { continue }
            let isPast = (month, day) < (calendar.component(.month, from: base), calendar.component(.day, from: base))
            add(match.range, thisYear + (isPast ? 1 : 0), month, day)
        }
        for match in weekday.matches(in: text) {
            guard let weekday = weekdays.firstIndex(of: match.text(2).lowercased()) else { continue }
            let now = calendar.component(.weekday, from: base) - 1
            var offset = (weekday - now + 7) % 7
            if match.text(1).lowercased() == "last" {
                offset = offset == 0 ? -7 : offset - 7
            } else if match.text(1).lowercased() == "next", offset == 0 {
                offset = 7
            }
            guard !found.contains(where: { $0.0.overlaps(match.range) }) else { continue }
            found.append((match.range, day(base, plus: offset)))
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// Whether a text is one date and nothing else.
    static func isDate(_ text: String) -> Bool {
        var rest = text
        return extract(from: &rest, today: "2000-01-01").count == 1 && rest.allSatisfy { $0 == " " }
    }

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    private static func month(_ word: Substring) -> Int? {
        let word = word.lowercased()
        return months.firstIndex { $0 == word || (word.count >= 3 && word != "mayor" && $0.prefix(word.count) == word) }
            .map { $0 + 1 }
    }

    private static func date(_ text: String) -> Date? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        return calendar.date(from: DateComponents(year: parts[0], month: parts[1], day: parts[2]))
    }

    private static func day(_ base: Date, plus days: Int) -> String {
        text(calendar.date(byAdding: .day, value: days, to: base) ?? base)
    }

    private static func valid(_ year: Int, _ month: Int, _ day: Int) -> String? {
        let components = DateComponents(calendar: calendar, year: year, month: month, day: day)
        guard components.isValidDate, let date = calendar.date(from: components) else { return nil }
        return text(date)
    }

    /// A date as `YYYY-MM-DD`.
    static func text(_ date: Date, in zone: TimeZone = .gmt) -> String {
        var calendar = calendar
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        func padded(_ number: Int?, _ width: Int) -> String {
            let digits = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
    }
}
