import Foundation

/// Reads a day as people write it.
struct DateReader: Sendable {
    /// The day `today` means.
    var today: CalendarDate
    /// What a day without its year means.
    var yearless = Yearless.thisYear

    enum Yearless: Sendable {
        case thisYear
        /// The next such day, today included.
        case next
    }

    /// Reads `2026-06-21`, `21 June 2026`, `June 21st, 2026`, `21.06.2026`, `6/21/2026`, `today`, `next Friday`,
    /// `in 3 weeks`, `Christmas`, `2028` (its first day). Of two small numbers parted by slashes the first is the
    /// month, parted by dots or hyphens the day, unless only the other way makes a date.
    ///
    /// - Throws: `AlmanacError` that shows how to write it, or why there is no such day.
    func read(_ text: String) throws(AlmanacError) -> CalendarDate {
        let shown = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let folded = shown.folded.replacing(/^(?:on|the|at|until|since|from)\s/, with: "")
        guard !folded.isEmpty else { throw AlmanacError(.invalid, "the date is empty; \(Self.advice)") }
        if let date = relative(folded) { return date }
        if let date = try numeric(shown) { return date }
        if let date = holiday(folded) { return date }
        if let date = try worded(folded) { return date }
        throw AlmanacError(.invalid, "cannot read the date \"\(shown)\"; \(Self.advice)")
    }

    private static let advice = "write it like 2026-06-21, 21 June 2026 or today"

    private func relative(_ text: String) -> CalendarDate? {
        switch text {
        case "today", "now", "tonight", "this day", "current date": return today
        case "tomorrow": return today.adding(days: 1)
        case "yesterday": return today.adding(days: -1)
        case "day after tomorrow", "the day after tomorrow": return today.adding(days: 2)
        case "day before yesterday", "the day before yesterday": return today.adding(days: -2)
        default: break
        }
        if let match = text.wholeMatch(of: /(?:in )?(\d{1,6}) ([a-z]+?)s?( ago| from now| from today| later)?/),
            let amount = Int(match.1), let unit = DateUnit(reading: String(match.2)),
            text.hasPrefix("in ") || match.3 != nil
        {
            return unit.add(match.3 == " ago" ? -amount : amount, to: today)
        }
        if let match = text.wholeMatch(of: /(next |last |this |coming |past )?([a-z]+)/),
            let weekday = CalendarDate.weekdayNames.firstIndex(where: { Self.name($0, isMeantBy: String(match.2)) })
        {
            let ahead = (weekday - today.weekdayIndex + 6) % 7 + 1
            let isPast = match.1 == "last " || match.1 == "past "
            return today.adding(days: isPast ? (ahead == 7 ? -7 : ahead - 7) : ahead)
        }
        if let match = text.wholeMatch(of: /(next|last|this) (week|month|year)/),
            let unit = DateUnit(reading: String(match.2))
        {
            return unit.add(match.1 == "next" ? 1 : match.1 == "last" ? -1 : 0, to: today)
        }
        return nil
    }

    private func numeric(_ text: String) throws(AlmanacError) -> CalendarDate? {
        if let match = text.firstMatch(of: /^(\d{4})\s*[-\/.]\s*(\d{1,2})\s*[-\/.]\s*(\d{1,2})(?:[T ].*)?$/) {
            return try date(Int(match.1), Int(match.2), Int(match.3), shown: text)
        }
        if let match = text.wholeMatch(of: /(\d{4})(\d{2})(\d{2})/) {
            return try date(Int(match.1), Int(match.2), Int(match.3), shown: text)
        }
        if let match = text.wholeMatch(of: /(\d{1,2})\s*([-\/.])\s*(\d{1,2})\s*[-\/.]\s*(\d{4}|\d{2})/) {
            let (first, second, third) = (Int(match.1) ?? 0, Int(match.3) ?? 0, Int(match.4) ?? 0)
            let monthFirst = match.2 == "/" ? first <= 12 : second > 12
            let year = match.4.count == 2 ? 2000 + third : third
            return try date(year, monthFirst ? first : second, monthFirst ? second : first, shown: text)
        }
        // A month of a year, and a year: their first day.
        if let match = text.wholeMatch(of: /(\d{4})-(\d{1,2})/) {
            return try date(Int(match.1), Int(match.2), 1, shown: text)
        }
        if let match = text.wholeMatch(of: /(?:year )?(\d{4})/.ignoresCase()) {
            return try date(Int(match.1), 1, 1, shown: text)
        }
        return nil
    }

    /// Words and numbers in any order, one word a month.
    private func worded(_ text: String) throws(AlmanacError) -> CalendarDate? {
        var month: Int?
        var day: Int?
        var year: Int?
        for word in text.split(separator: " ").map(String.init) {
            if let found = CalendarDate.monthNames.firstIndex(where: { Self.name($0, isMeantBy: word) }) {
                guard month == nil else { return nil }
                month = found + 1
            } else if let match = word.wholeMatch(of: /(\d{1,2})(?:st|nd|rd|th)?/), day == nil {
                day = Int(match.1)
            } else if word.count == 4, let number = Int(word), year == nil {
                year = number
            } else if !["of", "the", "in", "saint"].contains(word),
                !CalendarDate.weekdayNames.contains(where: { Self.name($0, isMeantBy: word) })
            {
                return nil
            }
        }
        guard let month else { return nil }
        if let year { return try date(year, month, day ?? 1, shown: text) }
        return try withYear(month, day ?? 1, shown: text)
    }

    private func holiday(_ text: String) -> CalendarDate? {
        guard let match = text.wholeMatch(of: /(.*?)(?: (?:in )?(\d{4}))?/),
            let (month, day) = Self.holidays[String(match.1)]
        else { return nil }
        if let year = match.2.flatMap({ Int($0) }) { return CalendarDate(year: year, month: month, day: day) }
        // People name a holiday when it is ahead of them.
        return Self.next(month, day, from: today)
    }

    private static let holidays: [String: (Int, Int)] = [
        "christmas": (12, 25), "christmas day": (12, 25), "xmas": (12, 25), "christmas eve": (12, 24),
        "boxing day": (12, 26),
        "new year": (1, 1), "new years": (1, 1), "new years day": (1, 1), "new year day": (1, 1),
        "new years eve": (12, 31),
        "new year eve": (12, 31), "halloween": (10, 31), "valentines day": (2, 14), "saint valentines day": (2, 14),
        "saint patricks day": (3, 17), "april fools day": (4, 1), "independence day": (7, 4), "bastille day": (7, 14),
    ]

    /// Whether a word is the name, or its first three letters or more.
    private static func name(_ name: String, isMeantBy word: String) -> Bool {
        word.count >= 3 && name.lowercased().hasPrefix(word)
    }

    private func withYear(_ month: Int, _ day: Int, shown: String) throws(AlmanacError) -> CalendarDate {
        if yearless == .next, let date = Self.next(month, day, from: today) { return date }
        return try date(today.year, month, day, shown: shown)
    }

    private static func next(_ month: Int, _ day: Int, from today: CalendarDate) -> CalendarDate? {
        // Eight years hold a 29 February wherever they begin.
        (today.year...today.year + 8).lazy.compactMap { CalendarDate(year: $0, month: month, day: day) }.first {
            $0 >= today
        }
    }

    private func date(_ year: Int?, _ month: Int?, _ day: Int?, shown: String) throws(AlmanacError) -> CalendarDate {
        guard let year, let month, let day else {
            throw AlmanacError(.invalid, "cannot read the date \"\(shown)\"; \(Self.advice)")
        }
        if let date = CalendarDate(year: year, month: month, day: day) { return date }
        guard (1...12).contains(month), (1...9999).contains(year) else {
            throw AlmanacError(
                .invalid, "\"\(shown)\" is no date: months go from 1 to 12, years from 1 to 9999; \(Self.advice)")
        }
        let name = "\(CalendarDate.monthNames[month - 1]) \(year)"
        throw AlmanacError(
            .invalid, "there is no \(day) \(name): \(name) has \(CalendarDate.lengthOfMonth(month, in: year)) days")
    }
}
