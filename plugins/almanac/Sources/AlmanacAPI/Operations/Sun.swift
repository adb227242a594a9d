import Foundation

extension Operation {
    static let sun = Operation(
        name: "sun",
        summary: "Sunrise and sunset",
        description: """
            Tells when the sun rises and sets at a place on a day: sunrise, sunset, solar noon and how long the day is, in \
            local time. Use it for questions such as "when is sunset in Paris today", "what time does the sun rise in Denver \
            tomorrow", "how long is the day in Stockholm on 21 June", "when does it get dark in Lisbon" or "does the sun set \
            in Tromsø in summer".
            """,
        parameters: [
            Parameter("place", example: "Paris", "The city, or its latitude and longitude such as 69.65, 18.96."),
            Parameter(
                "date", required: false, example: "2026-05-01", "The day, if the question names one; else today."),
        ],
        results: [
            Property("place", "The place."), Property("date", "The day, YYYY-MM-DD."),
            Property("zone", "The time zone."),
            Property("sunrise", optional: true, "When the sun rises, HH:mm local time; left out when it does not."),
            Property("sunset", optional: true, "When the sun sets, HH:mm local time; left out when it does not."),
            Property("sunsetDate", optional: true, "The date of the sunset, where it comes after midnight."),
            Property("solarNoon", "When the sun is highest, HH:mm local time."),
            Property("dayLength", "How long the sun is up, hours and minutes HH:mm."),
            Property(
                "state", type: .choice(["normal", "polar day", "polar night"]), "Whether the sun rises and sets at all."
            ),
        ],
        examples: [
            Example("When is sunset in Paris today?", [("place", "Paris"), ("date", "today")]),
            Example("What time does the sun rise in Denver tomorrow?", [("place", "Denver"), ("date", "tomorrow")]),
            Example(
                "How long is the day in Stockholm on 21 June 2026?", [("place", "Stockholm"), ("date", "2026-06-21")]),
            Example(
                "When does it get dark in Lisbon on December 1, 2026?", [("place", "Lisbon"), ("date", "2026-12-01")]),
            Example("Does the sun set in Tromsø on 2026-07-01?", [("place", "Tromsø"), ("date", "2026-07-01")]),
            Example("sunrise cape town 15 august 2026", [("place", "Cape Town"), ("date", "2026-08-15")]),
            Example("When is solar noon in Honolulu today?", [("place", "Honolulu"), ("date", "today")]),
        ],
        answer: { (arguments, almanac) throws(AlmanacError) in
            let place = try almanac.gazetteer.place(arguments["place"])
            guard
                let coordinate = place.coordinate ?? place.city.flatMap({ try? almanac.gazetteer.place($0).coordinate })
            else {
                throw AlmanacError(
                    .invalid,
                    "\"\(arguments["place"])\" is a time zone; sunrise needs a city, or a latitude and longitude such as 48.86, 2.35"
                )
            }
            let zone = place.timeZone
            let date = try almanac.date(arguments, "date", in: zone)
            let sun = SunTimes(on: date, at: coordinate, in: zone)
            let noon = sun.noon.clockTime(in: zone)
            var members: [String: Scalar?] = [
                "place": .string(place.label), "date": .string(date.text), "zone": .string(place.zone),
                "solarNoon": .string(noon.text),
            ]
            let opening = "In \(place.label) on \(date.spoken)"
            switch sun.day {
            case .polarDay:
                members["state"] = "polar day"
                members["dayLength"] = "24:00"
                return Answer(
                    "\(opening) the sun does not set: it is polar day, with the sun up for 24 hours and highest at \(noon.text).",
                    members)
            case .polarNight:
                members["state"] = "polar night"
                members["dayLength"] = "00:00"
                return Answer("\(opening) the sun does not rise: it is polar night, with 0 hours of sun.", members)
            case .risesAndSets(let sunrise, let sunset):
                let rises = sunrise.clockTime(in: zone)
                let sets = sunset.clockTime(in: zone)
                let length = Int((sunset.timeIntervalSince(sunrise) / 60).rounded())
                let eve = CalendarDate(sunset.toTheMinute, in: zone)
                members["state"] = "normal"
                members["sunrise"] = .string(rises.text)
                members["sunset"] = .string(sets.text)
                members["dayLength"] = .string("\(twoDigits(length / 60)):\(twoDigits(length % 60))")
                if let eve, eve != date { members["sunsetDate"] = .string(eve.text) }
                let isBefore = CalendarDate(sunrise.toTheMinute, in: zone) != date
                return Answer(
                    "\(opening) the sun rises at \(rises.text)\(isBefore ? " the day before" : "") and sets at \(sets.text)"
                        + "\(eve == date ? "" : " after midnight") (local time, \(zone.offsetName(at: sunset))); "
                        + "the day is \(hoursAndMinutes(length)) long, with solar noon at \(noon.text).",
                    members)
            }
        })
}
