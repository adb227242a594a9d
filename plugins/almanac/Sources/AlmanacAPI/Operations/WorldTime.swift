import Foundation

extension Operation {
    static let worldTime = Operation(
        name: "worldTime",
        summary: "The current time, here or in a city or time zone",
        description: """
            Tells what time it is right now in a city, a country or a time zone: the current local time, today's date and \
            the weekday there, its offset from UTC and whether daylight saving time is in force. Use it for questions such \
            as "what time is it", "what time is it in Paris", "current time in New York", "what's the local time there now", \
            "is it morning in Sydney", "what is today's date in India" or "is London on summer time".
            """,
        parameters: [
            Parameter(
                "city", required: false, example: "Paris",
                "The city, country or time zone, as the question names it; where this machine is if it names none.")
        ],
        results: [
            Property("city", optional: true, "The city's name."),
            Property("country", optional: true, "The country it lies in."),
            Property("zone", "The time zone: an IANA name, or an offset."),
            Property("datetime", "The local time in ISO 8601, with its offset."),
            Property("date", "The local date, YYYY-MM-DD."),
            Property("time", "The local time, HH:mm."),
            Property("weekday", "The local weekday, in English."),
            Property("utcOffset", "Hours and minutes ahead of UTC: +01:00."),
            Property("isDaylightSaving", type: .boolean, "Whether daylight saving time is in force."),
        ],
        examples: [
            Example("What time is it?", []),
            Example("What time is it in Paris?", [("city", "Paris")]),
            Example("What's the current time in New York City right now?", [("city", "New York City")]),
            Example("Is it already morning in Sydney?", [("city", "Sydney")]),
            Example("Tell me the local time in Portland, Maine.", [("city", "Portland, Maine")]),
            Example("What is today's date in India?", [("city", "India")]),
            Example("Which day of the week is it in Honolulu right now?", [("city", "Honolulu")]),
            Example("how late is it in são paulo", [("city", "São Paulo")]),
            Example("Current UTC time please", [("city", "UTC")]),
        ],
        answer: { (arguments, almanac) throws(AlmanacError) in
            var place: Place?
            if let city = arguments[optional: "city"] { place = try almanac.place(city) }
            let zone = place?.timeZone ?? almanac.home
            let now = almanac.now()
            let date = try almanac.today(in: zone)
            let time = ClockTime(now, in: zone)
            let seconds = Int(now.timeIntervalSince1970.rounded(.down)) % 60
            let isDaylightSaving = zone.isDaylightSavingTime(for: now)
            return Answer(
                "\(place.map { "In \($0.label)" } ?? "Here") it is \(time.text) on \(date.spokenWithWeekday) "
                    + "(\(zone.offsetName(at: now))\(isDaylightSaving ? ", daylight saving time" : "")).",
                [
                    "city": place?.city.map(Scalar.string), "country": place?.country.map(Scalar.string),
                    "zone": .string(place?.zone ?? zone.identifier),
                    "datetime": .string(
                        "\(date.text)T\(time.text):\(twoDigits((seconds + 60) % 60))\(zone.isoOffset(at: now))"),
                    "date": .string(date.text), "time": .string(time.text), "weekday": .string(date.weekday),
                    "utcOffset": .string(zone.isoOffset(at: now)),
                    "isDaylightSaving": .boolean(isDaylightSaving),
                ])
        })
}
