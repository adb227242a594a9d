extension Operation {
    static let weekday = Operation(
        name: "weekday",
        summary: "Which weekday a date is",
        description: """
            Tells which day of the week a date is, with its week number, its day number in the year and whether the year is a \
            leap year. Use it for questions such as "what day of the week is 4 July 2026", "what weekday was 20 July 1969", \
            "on which day does Christmas fall this year", "what is today's date", "what day is it today", "which week of the \
            year is it" or "is 2028 a leap year".
            """,
        parameters: [
            Parameter(
                "date", required: false, example: "2026-07-04", "The date or year asked about; today if none is named.")
        ],
        results: [
            Property("date", "The date, YYYY-MM-DD."), Property("weekday", "Its weekday."),
            Property("week", type: .integer, "Its week by ISO 8601."),
            Property("weekYear", type: .integer, "The year that week belongs to."),
            Property("dayOfYear", type: .integer, "Its number in the year, from 1."),
            Property("isLeapYear", type: .boolean, "Whether its year has 366 days."),
        ],
        examples: [
            Example("What day of the week is 4 July 2026?", [("date", "2026-07-04")]),
            Example("On which weekday was July 20th, 1969?", [("date", "1969-07-20")]),
            Example("What day is it today?", [("date", "today")]),
            Example("What weekday does Christmas fall on?", [("date", "Christmas")]),
            Example("Is 2028 a leap year?", [("date", "2028")]),
            Example("Which week of the year is it now?", [("date", "today")]),
            Example("was 09.11.1989 a thursday", [("date", "1989-11-09")]),
        ],
        answer: { (arguments, almanac) throws(AlmanacError) in
            let date = try almanac.date(arguments, "date")
            let today = try almanac.today()
            let isLeap = CalendarDate.isLeap(date.year)
            let week = date.isoWeek
            let verb = date == today ? "is today, a" : date < today ? "was a" : "is a"
            let weekYear = week.year == date.year ? "" : " of \(week.year)"
            return Answer(
                "\(date.spoken) \(verb) \(date.weekday), day \(date.dayOfYear) of the year in ISO week \(week.week)\(weekYear); "
                    + "\(date.year) is \(isLeap ? "a leap year" : "not a leap year").",
                [
                    "date": .string(date.text), "weekday": .string(date.weekday), "week": .integer(week.week),
                    "weekYear": .integer(week.year), "dayOfYear": .integer(date.dayOfYear),
                    "isLeapYear": .boolean(isLeap),
                ])
        })
}
