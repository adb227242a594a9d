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
        for match in text.matches(of: /(\d{4})[-\/](\d{1,2})[-\/](\d{1,2})/) {
            add(match.range, Int(match.1) ?? 0, Int(match.2) ?? 0, Int(match.3) ?? 0)
        }
        for match in text.matches(of: /(\d{1,2})\.(\d{1,2})\.(\d{4})/) {
            add(match.range, Int(match.3) ?? 0, Int(match.2) ?? 0, Int(match.1) ?? 0)
        }
        for match in text.matches(of: /(\d{1,2})[\/-](\d{1,2})[\/-](\d{4})/) {
            // Month first, as in the United States, unless that cannot be.
            let (first, second) = (Int(match.1) ?? 0, Int(match.2) ?? 0)
            add(match.range, Int(match.3) ?? 0, first > 12 ? second : first, first > 12 ? first : second)
        }
        let thisYear = calendar.component(.year, from: base)
        for match in text.matches(of: /(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+([A-Za-z]{3,9})\.?(?:,?\s+(\d{4}))?/) {
            guard let month = month(match.2) else { continue }
            add(match.range, match.3.flatMap { Int($0) } ?? thisYear, month, Int(match.1) ?? 0)
        }
        for match in text.matches(of: /([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(\d{4}))?/) {
            guard let month = month(match.1) else { continue }
            add(match.range, match.3.flatMap { Int($0) } ?? thisYear, month, Int(match.2) ?? 0)
        }
        for match in text.matches(
            of: /(?i)\b(day after tomorrow|day before yesterday|today|tomorrow|yesterday|tonight)\b/)
        {
            let offset =
                switch match.1.lowercased() {
                case "tomorrow": 1
                case "yesterday": -1
                case "day after tomorrow": 2
                case "day before yesterday": -2
                default: 0
                }
            guard !found.contains(where: { $0.0.overlaps(match.range) }) else { continue }
            found.append((match.range, day(base, plus: offset)))
        }
        for match in text.matches(
            of: /(?i)\b(christmas eve|christmas|new year's eve|new year's day|new year|halloween|valentine's day)\b/)
        {
            guard let (month, day) = holidays[match.1.lowercased()] else { continue }
            let isPast = (month, day) < (calendar.component(.month, from: base), calendar.component(.day, from: base))
            add(match.range, thisYear + (isPast ? 1 : 0), month, day)
        }
        for match in text.matches(of: /(?i)\b(next|last|this|on)\s+([A-Za-z]+day)\b/) {
            guard let weekday = weekdays.firstIndex(of: match.2.lowercased()) else { continue }
            let now = calendar.component(.weekday, from: base) - 1
            var offset = (weekday - now + 7) % 7
            if match.1.lowercased() == "last" {
                offset = offset == 0 ? -7 : offset - 7
            } else if match.1.lowercased() == "next", offset == 0 {
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
