import Core
import Languages

/// A date or a moment as programs write it (RFC 3339), which is told as people read it.
struct ReadableTime: Sendable, Hashable {
    private let year: Int
    private let month: Int
    private let day: Int
    /// `19:00`, with the seconds where there are some.
    private let clock: String?
    /// `Z`, `+01:00`.
    private let zone: String?

    private static let form = TextPattern(
        #"^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?([Zz]|[+-]\d{2}:?\d{2})?)?$"#)
    /// Characters of the longest.
    private static let longest = 40

    /// Nil for a text that is none.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest, let match = Self.form.firstMatch(in: text),
            let year = Int(match.text(1)), let month = Int(match.text(2)), let day = Int(match.text(3)),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        let seconds = match.text(5)
        clock = match[4].map { seconds.isEmpty || seconds == "00" ? String($0) : "\($0):\(seconds)" }
        zone = match[6].map(String.init)
    }

    /// `30 November 2026`, `28 November 2026, 19:00 UTC`
    func text(_ words: ResultWords) -> String {
        guard words.months.count == 12 else { return "\(year)-\(month)-\(day)" }
        var parts = ["day": "\(day)", "month": words.months[month - 1]]
        parts["year"] = "\(year)"
        let date = words.date(parts)
        guard let clock else { return date }
        let isUTC = zone.map { $0.uppercased() == "Z" || $0.hasSuffix("00:00") || $0.hasSuffix("0000") } ?? false
        return "\(date), \(clock)" + (isUTC ? " UTC" : zone.map { " (UTC\($0))" } ?? "")
    }
}
