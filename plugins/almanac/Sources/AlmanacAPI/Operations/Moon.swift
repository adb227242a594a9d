import Foundation

extension Operation {
    static let moon = Operation(
        name: "moon",
        summary: "The phase of the moon",
        description: """
            Tells the phase of the moon on a day, how much of it is lit, and when the next new moon and the next full moon \
            are. Use it for questions such as "what phase is the moon in today", "when is the next full moon", "is it a full \
            moon tonight", "when is the new moon" or "how much of the moon is lit on 1 May 2026".
            """,
        parameters: [
            Parameter("date", required: false, example: "2026-05-01", "The day, if the question names one; else today.")
        ],
        results: [
            Property("date", "The day, YYYY-MM-DD."), Property("phase", "The phase's name."),
            Property("illuminatedPercent", type: .integer, "How much of the disk is lit, in percent."),
            Property("nextFullMoon", "The day of the next full moon in UTC, YYYY-MM-DD."),
            Property("nextFullMoonTime", "Its time in UTC, HH:mm."),
            Property("nextNewMoon", "The day of the next new moon in UTC, YYYY-MM-DD."),
            Property("nextNewMoonTime", "Its time in UTC, HH:mm."),
        ],
        examples: [
            Example("When is the next full moon?", [("date", "today")]),
            Example("What phase is the moon in on 1 May 2026?", [("date", "2026-05-01")]),
            Example("Is there a full moon tonight?", [("date", "today")]),
            Example("When is the first new moon after March 10, 2026?", [("date", "2026-03-10")]),
            Example("how much of the moon will be lit on christmas", [("date", "Christmas")]),
        ],
        answer: { (arguments, almanac) throws(AlmanacError) in
            let date = try almanac.date(arguments, "date")
            let start = Date(timeIntervalSince1970: Double(date.dayNumber) * 86_400)
            let isToday = date == (try almanac.today())
            let instant = isToday ? almanac.now() : start.addingTimeInterval(43_200)
            // A day that has one of the four phases is called by it; phases are dated in universal time.
            let ofDay = MoonPhase.allCases.first { phase in
                CalendarDate(phase.next(after: start.addingTimeInterval(-1)), in: .gmt) == date
            }
            let phase = ofDay?.name ?? MoonPhase.last(before: instant).following
            let percent = Int((MoonPhase.illuminatedFraction(at: instant) * 100).rounded())
            let full = MoonPhase.fullMoon.next(after: start.addingTimeInterval(-1))
            let new = MoonPhase.newMoon.next(after: start.addingTimeInterval(-1))
            guard let fullDate = CalendarDate(full, in: .gmt), let newDate = CalendarDate(new, in: .gmt) else {
                throw AlmanacError(.invalid, "the moons after \(date.spoken) are outside years 1 to 9999")
            }
            let (fullTime, newTime) = (full.clockTime(in: .gmt), new.clockTime(in: .gmt))
            return Answer(
                "On \(date.spokenWithWeekday) the moon is \(ofDay == nil ? "a " : "at ")\(phase), \(percent)% lit. The next full moon is on "
                    + "\(fullDate.spoken) at \(fullTime.text) UTC, the next new moon on \(newDate.spoken) at \(newTime.text) UTC.",
                [
                    "date": .string(date.text), "phase": .string(phase), "illuminatedPercent": .integer(percent),
                    "nextFullMoon": .string(fullDate.text), "nextFullMoonTime": .string(fullTime.text),
                    "nextNewMoon": .string(newDate.text), "nextNewMoonTime": .string(newTime.text),
                ])
        })
}
