extension Operation {
    static let daysBetween = Operation(
        name: "daysBetween",
        summary: "The days between two dates",
        description: """
            Counts the days between two dates, also as weeks and as years, months and days. Use it for questions such as "how \
            many days until Christmas", "how many days between 1 May and 20 August", "how long is it until 2027-01-01", "how \
            many weeks since 14 February 2020" or "how old is somebody born on 3 July 1990".
            """,
        parameters: [
            Parameter(
                "from", required: false, example: "2026-05-01", "The first date; today if the question names only one."),
            Parameter("to", example: "2026-08-20", "The second date, the one counted to."),
        ],
        results: [
            Property("days", type: .integer, "How many days lie between them; never negative."),
            Property("weeks", type: .integer, "How many whole weeks that is."),
            Property("daysOver", type: .integer, "The days over the whole weeks."),
            Property("breakdown", "The same in years, months and days."),
            Property("from", "The first date, YYYY-MM-DD."), Property("to", "The second date, YYYY-MM-DD."),
            Property(
                "order", type: .choice(["later", "earlier", "same"]), "Whether the second date is later or earlier."),
        ],
        examples: [
            Example("How many days until Christmas?", [("from", "today"), ("to", "Christmas")]),
            Example(
                "How many days are there between 1 May 2026 and 20 August 2026?",
                [("from", "2026-05-01"), ("to", "2026-08-20")]),
            Example("How long is it until 2027-01-01?", [("from", "today"), ("to", "2027-01-01")]),
            Example("How many weeks have passed since 14 February 2020?", [("from", "2020-02-14"), ("to", "today")]),
            Example("How old is someone born on July 3, 1990?", [("from", "1990-07-03"), ("to", "today")]),
            Example("days from 3/15/2026 to 4/2/2026", [("from", "2026-03-15"), ("to", "2026-04-02")]),
        ],
        answer: { (arguments, almanac) throws(AlmanacError) in
            let from = try almanac.date(arguments, "from")
            // `until 3 March` means the next one after the first date.
            let to = try almanac.date(arguments, "to", yearless: from == almanac.today() ? .next : .thisYear)
            let days = abs(to.dayNumber - from.dayNumber)
            let breakdown = yearsMonthsDays(min(from, to), max(from, to))
            let weeks =
                days % 7 == 0 ? count(days / 7, "week") : "\(count(days / 7, "week")) and \(count(days % 7, "day"))"
            let asWeeks =
                days >= 7 ? " (\(weeks)\(days >= 28 && breakdown != count(days, "day") ? "; " + breakdown : ""))" : ""
            let today = try almanac.today()
            let summary =
                from == to
                ? "\(from.spokenWithWeekday) is the same day: 0 days."
                : to < from && from == today
                    ? "\(to.spoken) was \(breakdown) ago."
                        + (breakdown == count(days, "day") ? "" : " That is \(count(days, "day")).")
                    : "From \(from.spokenWithWeekday) to \(to.spokenWithWeekday) it is \(count(days, "day"))\(asWeeks)"
                        + (to < from ? "; the second is the earlier one." : ".")
            return Answer(
                summary,
                [
                    "days": .integer(days), "weeks": .integer(days / 7), "daysOver": .integer(days % 7),
                    "breakdown": .string(breakdown), "from": .string(from.text), "to": .string(to.text),
                    "order": .string(to == from ? "same" : to > from ? "later" : "earlier"),
                ])
        })
}

/// `1 year, 2 months and 3 days`: the whole months from the first day to the second, then the days left.
func yearsMonthsDays(_ first: CalendarDate, _ second: CalendarDate) -> String {
    var months = (second.year - first.year) * 12 + second.month - first.month
    if let reached = first.adding(months: months), reached > second { months -= 1 }
    let reached = first.adding(months: months) ?? first
    let parts = [(months / 12, "year"), (months % 12, "month"), (second.dayNumber - reached.dayNumber, "day")]
        .filter { $0.0 != 0 }.map { count($0.0, $0.1) }
    guard let last = parts.last else { return "0 days" }
    return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " and " + last
}
