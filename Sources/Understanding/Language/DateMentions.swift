import Core
package import Foundation
import Languages

/// Finds dates as people write them.
package struct DateMentions: Sendable {
    private let terms: DateTerms
    private let months: [Set<String>]
    private let weekdays: [Set<String>]
    /// All names of months and weekdays, in lower case, and what serves as one.
    package let monthNames: Set<String>
    package let weekdayNames: Set<String>

    private let dayAndMonth: TextPattern
    private let monthAndDay: TextPattern
    /// "2 to 5 January 2027", "April 2026".
    private let daysOfMonth: TextPattern
    private let monthOfYear: TextPattern
    /// What stands between the first and the last day of a period.
    private let link: TextPattern
    private let nearDay: TextPattern
    private let holiday: TextPattern
    private let weekday: TextPattern
    /// What stands before a day that is to come, and before one that is past.
    private let ahead: TextPattern
    private let behind: TextPattern

    private static let yearFirst = TextPattern(#"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"#)
    private static let dotted = TextPattern(#"(\d{1,2})\.(\d{1,2})\.(\d{4})"#)
    private static let yearLast = TextPattern(#"(\d{1,2})[/-](\d{1,2})[/-](\d{4})"#)
    /// What stands between a day and the same day, said again.
    private static let apposition = TextPattern(#"^\s*[,(]\s*$"#)
    /// Letters of the shortest abbreviation of a month.
    private static let leastOfMonth = 3

    init(_ terms: DateTerms, _ platform: PlatformWords) {
        self.terms = terms
        months = platform.months
        weekdays = platform.weekdays
        monthNames = months.reduce([]) { $0.union($1) }
        weekdayNames = weekdays.reduce(terms.weekend) { $0.union($1) }
        let longest = monthNames.map(\.count).max() ?? Self.leastOfMonth
        let month = #"(\p{L}{"# + "\(Self.leastOfMonth),\(longest)" + "})"
        let day = #"(\d{1,2})(?:"# + TextPattern.any(of: platform.ordinalEndings) + ")?"
        let year = #"(?:,?\s+(\d{4}))?"#
        let links = #"(?:\s+"# + TextPattern.any(of: terms.dayLinks) + ")?"
        dayAndMonth = TextPattern(words: day + links + #"\s+"# + month + #"\.?"# + year)
        monthAndDay = TextPattern(words: month + #"\.?\s*"# + day + #"(?![\d:])"# + year)
        let between = #"\s*(?:[-–]|\b"# + TextPattern.any(of: terms.rangeLinks) + #"\b)\s*"#
        daysOfMonth = TextPattern(words: #"\b"# + day + between + day + links + #"\s+"# + month + #"\.?"# + year)
        monthOfYear = TextPattern(words: month + #"\.?,?\s+(\d{4})"#)
        link = TextPattern(words: "^" + between + "$")
        nearDay = TextPattern(words: #"(?i)\b"# + TextPattern.any(of: terms.near.keys) + #"\b"#)
        let holidays = terms.holidays.flatMap { [$0.name, $0.name.replacing("'", with: "’")] }
        holiday = TextPattern(words: #"(?i)\b"# + TextPattern.any(of: holidays) + #"\b"#)
        ahead = Self.introduction(terms.ahead, terms.articles)
        behind = Self.introduction(terms.behind, terms.articles)
        let before = TextPattern.any(of: terms.next + terms.last + terms.coming)
        let names = TextPattern.any(of: weekdayNames.subtracting(terms.weekend))
        weekday = TextPattern(words: #"(?i)\b("# + before + #")\s+("# + names + #")\b"#)
    }

    private static func introduction(_ words: [String], _ articles: [String]) -> TextPattern {
        TextPattern(
            words: #"(?i)\b"# + TextPattern.any(of: words) + #"\s+(?:"# + TextPattern.any(of: articles) + #"\s+)?$"#)
    }

    /// Gives the dates as `YYYY-MM-DD` in the order they stand, and puts something else in their place.
    ///
    /// - Parameter replacement: of a date; a space takes it out.
    package func extract(
        from text: inout String, today: String, replacement: (String) -> String = { _ in " " }
    ) -> [String] {
        let found = find(in: text, today: today)
        for (range, date) in found.reversed() { text.replaceSubrange(range, with: replacement(date)) }
        return found.map(\.date)
    }

    /// The dates as `YYYY-MM-DD` and where they stand, in that order.
    package func find(in text: String, today: String) -> [(range: Range<String.Index>, date: String)] {
        guard let base = Self.date(today) else { return [] }
        var found: [(range: Range<String.Index>, date: String)] = []
        func add(_ range: Range<String.Index>, _ year: Int, _ month: Int, _ day: Int) {
            guard !found.contains(where: { $0.0.overlaps(range) }), let date = Self.valid(year, month, day) else {
                return
            }
            found.append((range, date))
        }
        func number(_ match: TextPattern.Match, _ group: Int) -> Int { Int(match.text(group)) ?? 0 }
        for match in Self.yearFirst.matches(in: text) {
            add(match.range, number(match, 1), number(match, 2), number(match, 3))
        }
        for match in Self.dotted.matches(in: text) {
            add(match.range, number(match, 3), number(match, 2), number(match, 1))
        }
        for match in Self.yearLast.matches(in: text) {
            // In the language's order, unless that cannot be.
            let (first, second) = (number(match, 1), number(match, 2))
            let isMonthFirst = terms.monthFirst ? first <= 12 : second > 12
            add(match.range, number(match, 3), isMonthFirst ? first : second, isMonthFirst ? second : first)
        }
        let thisYear = Self.calendar.component(.year, from: base)
        let now = (Self.calendar.component(.month, from: base), Self.calendar.component(.day, from: base))
        /// The year that is meant: of a day without one, "until 1 July" means the next and "since 1 July" the last.
        func unsaidYear(after before: Substring, _ month: Int, _ day: Int) -> Int {
            // 29 February is that of the next year that has one.
            guard Self.valid(thisYear, month, day) != nil else {
                return (thisYear..<thisYear + 8).first { Self.valid($0, month, day) != nil } ?? thisYear
            }
            // "from 1 May until 20 August" are of one year.
            guard !found.contains(where: { $0.range.upperBound <= before.endIndex }) else { return thisYear }
            if (month, day) < now, ahead.isFound(in: before) { return thisYear + 1 }
            return (month, day) > now && behind.isFound(in: before) ? thisYear - 1 : thisYear
        }
        // Days that are said by where they lie from today.
        var relative: [Range<String.Index>] = []
        // Dates for which no year is said.
        var yearless: [Range<String.Index>] = []
        func add(_ range: Range<String.Index>, _ year: TextPattern.Match, _ group: Int, _ month: Int, _ day: Int) {
            if let said = year[group].flatMap({ Int($0) }) { return add(range, said, month, day) }
            add(range, unsaidYear(after: text[..<year.range.lowerBound], month, day), month, day)
            yearless.append(range)
        }
        for match in daysOfMonth.matches(in: text) {
            guard let month = month(match.text(3)) else { continue }
            let (first, last) = (match.text(1), match.text(2))
            add(first.startIndex..<first.endIndex, match, 4, month, number(match, 1))
            add(last.startIndex..<match.range.upperBound, match, 4, month, number(match, 2))
        }
        for match in dayAndMonth.matches(in: text) {
            guard let month = month(match.text(2)) else { continue }
            add(match.range, match, 3, month, number(match, 1))
        }
        for match in monthAndDay.matches(in: text) {
            guard let month = month(match.text(1)) else { continue }
            add(match.range, match, 3, month, number(match, 2))
        }
        for match in nearDay.matches(in: text) where !found.contains(where: { $0.0.overlaps(match.range) }) {
            found.append((match.range, Self.day(base, plus: terms.near[match.text.lowercased()] ?? 0)))
            relative.append(match.range)
        }
        for match in holiday.matches(in: text) {
            let name = match.text.lowercased().replacing("’", with: "'")
            guard let one = terms.holidays.first(where: { $0.name == name }) else { continue }
            add(match.range, thisYear + ((one.month, one.day) < now ? 1 : 0), one.month, one.day)
        }
        for match in weekday.matches(in: text) {
            let name = match.text(2).lowercased()
            guard let weekday = weekdays.firstIndex(where: { $0.contains(name) }) else { continue }
            let now = Self.calendar.component(.weekday, from: base) - 1
            var offset = (weekday - now + 7) % 7
            let before = match.text(1).lowercased()
            if terms.last.contains(before) {
                offset = offset == 0 ? -7 : offset - 7
            } else if terms.next.contains(before), offset == 0 {
                offset = 7
            }
            guard !found.contains(where: { $0.0.overlaps(match.range) }) else { continue }
            found.append((match.range, Self.day(base, plus: offset)))
            relative.append(match.range)
        }
        found.sort { $0.range.lowerBound < $1.range.lowerBound }
        // "between 1 Jan and 30 June 2025"
        for (place, next) in zip(found.indices, found.dropFirst())
        where yearless.contains(found[place].range) && !yearless.contains(next.range)
            && link.isFound(in: text[found[place].range.upperBound..<next.range.lowerBound])
        {
            let date = next.date.prefix(4) + found[place].date.dropFirst(4)
            if Self.date(String(date)) != nil { found[place].date = String(date) }
        }
        // "next Friday, June 30th 2023" is one day, said twice.
        for place in found.indices.dropLast().reversed()
        where relative.contains(found[place].range) && !relative.contains(found[place + 1].range)
            && Self.apposition.isFound(in: text[found[place].range.upperBound..<found[place + 1].range.lowerBound])
        {
            found[place + 1].range = found[place].range.lowerBound..<found[place + 1].range.upperBound
            found.remove(at: place)
        }
        return found
    }

    /// Months of a year as their first and last days, and where they stand.
    package func months(in text: String) -> [(range: Range<String.Index>, first: String, last: String)] {
        monthOfYear.matches(in: text).compactMap { match in
            guard let month = month(match.text(1)), let year = Int(match.text(2)),
                let last = (28...31).last(where: { Self.valid(year, month, $0) != nil }),
                let first = Self.valid(year, month, 1), let end = Self.valid(year, month, last)
            else { return nil }
            return (match.range, first, end)
        }
    }

    /// The next day of a weekday's name, today excluded, as `YYYY-MM-DD`; nil where that is none.
    package func next(weekday name: String, after today: String) -> String? {
        guard let weekday = weekdays.firstIndex(where: { $0.contains(name) }), let base = Self.date(today) else {
            return nil
        }
        let now = Self.calendar.component(.weekday, from: base) - 1
        return Self.day(base, plus: (weekday - now + 6) % 7 + 1)
    }

    /// Whether a text is one date and nothing else.
    package func isDate(_ text: String) -> Bool {
        var rest = text
        return extract(from: &rest, today: "2000-01-01").count == 1 && rest.allSatisfy { $0 == " " }
    }

    private func month(_ word: Substring) -> Int? {
        let word = word.lowercased()
        guard word.count >= Self.leastOfMonth, !terms.notMonths.contains(word) else { return nil }
        return months.firstIndex { $0.contains { $0.hasPrefix(word) } }.map { $0 + 1 }
    }
}

// MARK: Dates

extension DateMentions {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

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
    package static func text(_ date: Date, in zone: TimeZone = .gmt) -> String {
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
