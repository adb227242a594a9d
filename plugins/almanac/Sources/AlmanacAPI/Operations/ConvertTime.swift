import Foundation

extension Operation {
    static let convertTime = Operation(
        name: "convertTime",
        summary: "A clock time of one place, in another",
        description: """
            Converts a given clock time from one city or time zone to another: what time it is in the second place when it is \
            that time in the first. Use it for questions such as "if it is 3 pm in London, what time is it in New York", \
            "convert 9:00 EST to Berlin time" or "my meeting is at 14:00 in Paris, when is that in Singapore".
            """,
        parameters: [
            Parameter("time", example: "15:00", "The clock time to convert, such as 15:00 or 3 pm."),
            Parameter(
                "from", example: "London", "The city or time zone where it is that time; here where the asker is."),
            Parameter(
                "to", example: "New York", "The city or time zone to tell the time of; here where the asker is."),
            Parameter(
                "date", required: false, example: "2026-07-01",
                "The day it is that time, if the question names one; else today."
            ),
        ],
        results: [
            Property("from", "The first place."), Property("fromTime", "The time there, HH:mm."),
            Property("fromDate", "The date there, YYYY-MM-DD."), Property("to", "The second place."),
            Property("time", "The time in the second place, HH:mm."),
            Property("date", "The date in the second place, YYYY-MM-DD."),
            Property("weekday", "The weekday in the second place."),
        ],
        examples: [
            Example(
                "If it is 3 pm in London, what time is it in New York?",
                [("time", "3 pm"), ("from", "London"), ("to", "New York")]),
            Example(
                "My meeting is at 14:00 in Paris, when is that in Singapore?",
                [("time", "14:00"), ("from", "Paris"), ("to", "Singapore")]),
            Example("Convert 9:30 am EST to Berlin time", [("time", "9:30 am"), ("from", "EST"), ("to", "Berlin")]),
            Example(
                "When it's noon in Chicago on 4 July 2026, what's the time in Rome?",
                [("time", "noon"), ("from", "Chicago"), ("to", "Rome"), ("date", "2026-07-04")]),
            Example(
                "A call starts at 18:45 in Mumbai; what time is that in Toronto?",
                [("time", "18:45"), ("from", "Mumbai"), ("to", "Toronto")]),
            Example(
                "It's 9 am in Seoul, what time is that here?", [("time", "9 am"), ("from", "Seoul"), ("to", "here")]),
            Example(
                "When it's 6 pm here, how late is it in Dublin?",
                [("time", "6 pm"), ("from", "here"), ("to", "Dublin")]),
        ],
        answer: { (arguments, almanac) throws(AlmanacError) in
            let from = try almanac.place(arguments["from"])
            let to = try almanac.place(arguments["to"])
            let time = try ClockTime(reading: arguments["time"])
            let date = try almanac.date(arguments, "date", in: from.timeZone)
            let instant = try time.instant(on: date, in: from.timeZone)
            guard let there = CalendarDate(instant, in: to.timeZone) else {
                throw AlmanacError(.invalid, "the day after \(date.spoken) is outside years 1 to 9999")
            }
            let timeThere = ClockTime(instant, in: to.timeZone)
            let day = there == date ? "the same day" : there > date ? "the next day" : "the day before"
            return Answer(
                "When it is \(time.text) in \(from.label) on \(date.spokenWithWeekday), it is \(timeThere.text) in \(to.label) "
                    + "on \(there.spokenWithWeekday) (\(day)).",
                [
                    "from": .string(from.label), "fromTime": .string(time.text), "fromDate": .string(date.text),
                    "to": .string(to.label), "time": .string(timeThere.text), "date": .string(there.text),
                    "weekday": .string(there.weekday),
                ])
        })
}
