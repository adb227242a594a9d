extension Operation {
    static let addToDate = Operation(
        name: "addToDate",
        summary: "The date so long after or before a date",
        description: """
            Adds days, weeks, months or years to a date, or takes them off, and tells the date and weekday that gives. Use it \
            for questions such as "what date is 90 days from today", "what is the date 6 weeks after 3 March 2026", "which \
            day was it 100 days ago", "when is my deadline if I have 45 days" or "what date is 18 months before June 1st".
            """,
        parameters: [
            Parameter(
                "date", required: false, example: "2026-03-03",
                "The date to start from; today if the question names none."),
            Parameter("amount", type: .integer, example: 45, "How many to add; negative for ago or before."),
            Parameter("unit", type: .choice(DateUnit.allCases.map(\.rawValue)), example: "days", "What is counted."),
        ],
        results: [
            Property("date", "The date it gives, YYYY-MM-DD."), Property("weekday", "Its weekday."),
            Property("from", "The date started from, YYYY-MM-DD."),
            Property("amount", type: .integer, "How many were added."),
            Property("unit", "What was counted."),
        ],
        examples: [
            Example("What date is 90 days from today?", [("date", "today"), ("amount", 90), ("unit", "days")]),
            Example(
                "What is the date 6 weeks after 3 March 2026?",
                [("date", "2026-03-03"), ("amount", 6), ("unit", "weeks")]),
            Example("What was the date 100 days ago?", [("date", "today"), ("amount", -100), ("unit", "days")]),
            Example(
                "Which day is 18 months before June 1st 2026?",
                [("date", "2026-06-01"), ("amount", -18), ("unit", "months")]),
            Example(
                "What day of the week will it be in 10 days?", [("date", "today"), ("amount", 10), ("unit", "days")]),
            Example("add 5 years to 29.02.2024", [("date", "2024-02-29"), ("amount", 5), ("unit", "years")]),
            Example(
                "An invoice of 15 January 2026 is due in 45 days. When is that?",
                [("date", "2026-01-15"), ("amount", 45), ("unit", "days")]),
        ],
        answer: { (arguments, almanac) throws(AlmanacError) in
            let start = try almanac.date(arguments, "date")
            let amount = try arguments.integer("amount")
            guard let unit = DateUnit(reading: arguments["unit"]) else {
                throw AlmanacError(
                    .invalid, "unit must be days, weeks, months or years, and not \"\(arguments["unit"])\"")
            }
            guard let date = unit.add(amount, to: start) else {
                throw AlmanacError(
                    .invalid, "\(start.spoken) and \(count(amount, unit.singular)) is outside years 1 to 9999")
            }
            let length = count(abs(amount), unit.singular)
            let origin = start == (try almanac.today()) ? "today (\(start.spoken))" : start.spoken
            return Answer(
                "\(length) \(amount < 0 ? "before" : "after") \(origin) is \(date.spokenWithWeekday).",
                [
                    "date": .string(date.text), "weekday": .string(date.weekday), "from": .string(start.text),
                    "amount": .integer(amount), "unit": .string(unit.rawValue),
                ])
        })
}
