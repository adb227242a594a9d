import Foundation

extension Operation {
    static let timeDifference = Operation(
        name: "timeDifference",
        summary: "The hours between two places' clocks",
        description: """
            Tells the time difference between two cities, countries or time zones: how many hours one is ahead of or behind \
            the other. Use it for questions such as "what is the time difference between London and Sydney", "how many hours \
            ahead is Dubai of Berlin" or "how far behind New York is Los Angeles".
            """,
        parameters: [
            Parameter("from", example: "London", "The first city, country or time zone."),
            Parameter("to", example: "Sydney", "The second city, country or time zone."),
            Parameter(
                "date", required: false, example: "2026-07-01",
                "The day to compare on, if the question names one; else today."
            ),
        ],
        results: [
            Property("from", "The first place."), Property("to", "The second place."),
            Property(
                "hours", type: .number, "How many hours the second place is ahead of the first; negative when behind."),
            Property("fromUtcOffset", "The first place's offset from UTC."),
            Property("toUtcOffset", "The second place's offset from UTC."),
            Property("date", "The day compared on, YYYY-MM-DD."),
        ],
        examples: [
            Example(
                "What is the time difference between London and Sydney?", [("from", "London"), ("to", "Sydney")]),
            Example("How many hours ahead of Berlin is Dubai?", [("from", "Berlin"), ("to", "Dubai")]),
            Example("How far behind New York is Los Angeles?", [("from", "New York"), ("to", "Los Angeles")]),
            Example(
                "What's the time difference between Madrid and Mexico City on 1 July 2026?",
                [("from", "Madrid"), ("to", "Mexico City"), ("date", "2026-07-01")]),
            Example("hours between Mumbai and San Francisco", [("from", "Mumbai"), ("to", "San Francisco")]),
        ],
        answer: { (arguments, almanac) throws(AlmanacError) in
            let from = try almanac.place(arguments["from"])
            let to = try almanac.place(arguments["to"])
            let date = try almanac.date(arguments, "date", in: from.timeZone)
            // Now, or noon of the day named: clocks are changed at night.
            let instant =
                arguments[optional: "date"] == nil
                ? almanac.now() : try ClockTime(hour: 12, minute: 0).instant(on: date, in: from.timeZone)
            let minutes = (to.timeZone.secondsFromGMT(for: instant) - from.timeZone.secondsFromGMT(for: instant)) / 60
            let offsets = "\(to.timeZone.offsetName(at: instant)) against \(from.timeZone.offsetName(at: instant))"
            let summary =
                minutes == 0
                ? "\(to.label) and \(from.label) have the same time on \(date.spoken) (\(to.timeZone.offsetName(at: instant)))."
                : "\(to.label) is \(hoursAndMinutes(abs(minutes))) \(minutes > 0 ? "ahead of" : "behind") \(from.label) "
                    + "on \(date.spoken) (\(offsets))."
            return Answer(
                summary,
                [
                    "from": .string(from.label), "to": .string(to.label),
                    "hours": .number((Double(minutes) / 60).settled),
                    "fromUtcOffset": .string(from.timeZone.isoOffset(at: instant)),
                    "toUtcOffset": .string(to.timeZone.isoOffset(at: instant)), "date": .string(date.text),
                ])
        })
}

/// `5 hours and 30 minutes`, `1 hour`, `45 minutes`.
func hoursAndMinutes(_ minutes: Int) -> String {
    let parts = [(minutes / 60, "hour"), (minutes % 60, "minute")].filter { $0.0 != 0 }
    return parts.isEmpty ? "0 minutes" : parts.map { count($0.0, $0.1) }.joined(separator: " and ")
}
