/// What a date can be moved by.
enum DateUnit: String, CaseIterable, Sendable {
    case days
    case weeks
    case months
    case years

    /// Reads `day`, `Days`, `wk`, `mths`, `y`; nil where it is none.
    init?(reading text: String) {
        switch text.folded {
        case "d", "day", "days": self = .days
        case "w", "wk", "wks", "week", "weeks": self = .weeks
        case "mo", "mth", "mths", "month", "months": self = .months
        case "y", "yr", "yrs", "year", "years": self = .years
        default: return nil
        }
    }

    /// `day`, `week` …
    var singular: String { String(rawValue.dropLast()) }

    /// So many of it after a day; nil outside years 1 to 9999.
    func add(_ amount: Int, to date: CalendarDate) -> CalendarDate? {
        let factor = self == .weeks ? 7 : self == .years ? 12 : 1
        let (total, overflow) = amount.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        return self == .days || self == .weeks ? date.adding(days: total) : date.adding(months: total)
    }
}
