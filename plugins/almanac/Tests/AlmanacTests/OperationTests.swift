import Foundation
import Testing

@testable import AlmanacAPI

struct OperationTests {
    @Test func `every example of the document is answered with the members it declares`() async throws {
        for operation in Operation.all {
            #expect((4...9).contains(operation.examples.count))
            let declared = Set(operation.results.map(\.name) + ["summary"])
            let required = Set(operation.results.filter { !$0.isOptional }.map(\.name) + ["summary"])
            for example in operation.examples {
                let arguments = Dictionary(
                    uniqueKeysWithValues: example.arguments.map { ($0.name, $0.value.plainText) })
                let answer = try await get(operation.name, arguments)
                #expect(answer.status == 200, "\(example.question): \(answer.members)")
                let names = Set(answer.members.keys)
                #expect(names.isSubset(of: declared) && names.isSuperset(of: required), "\(example.question): \(names)")
                for argument in example.arguments {
                    let schema = operation.parameters.first { $0.name == argument.name }?.schema
                    if case .choice(let values, _) = schema { #expect(values.contains(argument.value.plainText)) }
                }
            }
            for parameter in operation.parameters {
                if case .choice(let values, _) = parameter.schema {
                    #expect(values.contains(parameter.example.plainText))
                }
            }
        }
    }

    @Test func `the time in a city is told with its date, weekday and offset`() async throws {
        let answer = try await get("worldTime", ["city": "Paris"])
        #expect(
            answer.members == [
                "city": "Paris", "country": "France", "zone": "Europe/Paris", "datetime": "2026-11-23T14:05:30+01:00",
                "date": "2026-11-23", "time": "14:05", "weekday": "Monday", "utcOffset": "+01:00",
                "isDaylightSaving": false,
                "summary": "In Paris, France it is 14:05 on Monday 23 November 2026 (UTC+1).",
            ])
        let summer = try await get("worldTime", ["city": "Sydney"])
        #expect(summer.members["isDaylightSaving"] == true)
        #expect(summer.members["date"] == "2026-11-24")
    }

    @Test func `where no city is named, the time is the machine's own`() async throws {
        let answer = try await get("worldTime", [:])
        #expect(answer.members["time"] == "13:05" && answer.members["utcOffset"] == "+00:00")
        #expect(answer.members["city"] == nil && answer.members["zone"] == .string(TimeZone.gmt.identifier))
        #expect(answer.members["summary"] == "Here it is 13:05 on Monday 23 November 2026 (UTC).")
    }

    @Test func `somebody whose clock has another zone is told what it is there`() throws {
        let almanac = Almanac(now: { Date(timeIntervalSince1970: 1_763_900_000) }, home: .gmt)
        #expect(almanac.seen(from: "Asia/Tokyo").home.identifier == "Asia/Tokyo")
        #expect(try almanac.seen(from: "Asia/Tokyo").today().text == "2025-11-23")
        for unknown in [nil, "", "Nowhere/At_All", "../etc/passwd"] {
            #expect(almanac.seen(from: unknown).home == .gmt)
        }
    }

    @Test func `a date before today is so long ago`() async throws {
        let answer = try await get("daysBetween", ["from": "today", "to": "1985-07-04"])
        #expect(
            answer.members["summary"]?.plainText
                == "4 July 1985 was 41 years, 4 months and 19 days ago. That is 15117 days.")
        #expect(answer.members["days"] == .integer(15117))
    }

    @Test func `a difference counts from the first place to the second, half hours too, on the day asked for`()
        async throws
    {
        let ahead = try await get("timeDifference", ["from": "London", "to": "Mumbai"]).members
        #expect(ahead["hours"] == .number(5.5))
        #expect(ahead["summary"]?.plainText.contains("5 hours and 30 minutes ahead of London") == true)
        let summer = try await get("timeDifference", ["from": "London", "to": "Mumbai", "date": "2026-07-01"]).members
        #expect(summer["hours"] == .number(4.5))
        let behind = try await get("timeDifference", ["from": "New York", "to": "Los Angeles"]).members
        #expect(behind["hours"] == .integer(-3))
    }

    @Test func `a converted time says when it falls on another day`() async throws {
        let answer = try await get("convertTime", ["time": "11 pm", "from": "Paris", "to": "Sydney"]).members
        #expect(answer["time"] == "09:00")
        #expect(answer["date"] == "2026-11-24")
        #expect(answer["summary"]?.plainText.contains("(the next day)") == true)
    }

    @Test func `here is the asker's time zone`() async throws {
        let answer = try await get("convertTime", ["time": "noon", "from": "here", "to": "Paris"]).members
        #expect(answer["from"]?.plainText.hasPrefix("your time zone") == true)
    }

    @Test func `dates are moved forward and back, from today where none is named`() async throws {
        let later = try await get("addToDate", ["amount": "90", "unit": "days"]).members
        #expect(later["date"] == "2027-02-21")
        #expect(later["summary"] == "90 days after today (23 November 2026) is Sunday 21 February 2027.")
        let before = try await get("addToDate", ["date": "2026-06-01", "amount": "-18", "unit": "Month"]).members
        #expect(before["date"] == "2024-12-01")
    }

    @Test func `days between two dates are counted, whichever comes first`() async throws {
        let until = try await get("daysBetween", ["to": "Christmas"]).members
        #expect(until["days"] == 32)
        #expect(until["order"] == "later")
        let since = try await get("daysBetween", ["from": "today", "to": "2026-11-01"]).members
        #expect(since["days"] == 22)
        #expect(since["order"] == "earlier")
    }

    @Test func `a weekday is told with the week and the day of the year`() async throws {
        let answer = try await get("weekday", ["date": "20 July 1969"]).members
        #expect(answer["weekday"] == "Sunday")
        #expect(answer["dayOfYear"] == 201)
        #expect(answer["isLeapYear"] == false)
        #expect(try await get("weekday").members["weekday"] == "Monday")
    }

    @Test func `a converted quantity comes exact and rounded`() async throws {
        let answer = try await get("convertUnits", ["value": "5", "from": "miles", "to": "kilometres"]).members
        #expect(
            answer == [
                "value": 5, "unit": "mile", "result": .number(8.04672), "resultUnit": "kilometer",
                "text": "8.047 kilometers",
                "summary": "5 miles is 8.047 kilometers.",
            ])
    }

    @Test(
        arguments: [
            (
                "timeDifference", ["to": "Paris"], 400,
                "timeDifference needs the parameter \"from\", such as from="
            ),
            ("worldTime", ["town": "Paris"], 400, "worldTime has no parameter \"town\"; it takes city"),
            ("worldTime", ["city": "Tokio"], 404, "I know no place called \"Tokio\". Did you mean Tokyo?"),
            ("addToDate", ["amount": "1.5", "unit": "days"], 400, "amount must be a whole number"),
            ("addToDate", ["amount": "99999999999", "unit": "years"], 400, "outside years 1 to 9999"),
            ("addToDate", ["amount": "1", "unit": "hours"], 400, "unit must be days, weeks, months or years"),
            (
                "convertUnits", ["value": "5", "from": "mile", "to": "gram"], 400,
                "the one is a length, the other a mass"
            ),
            ("convertUnits", ["value": "-500", "from": "celsius", "to": "kelvin"], 400, "below absolute zero"),
            ("convertUnits", ["value": "1e999", "from": "mile", "to": "meter"], 400, "value must be a number"),
            (
                "worldTime", ["city": String(repeating: "a ", count: 200)], 400,
                "city has 400 bytes; at most 200 are read"
            ),
            ("sun", ["place": "UTC"], 400, "is a time zone; sunrise needs a city"),
            ("weekday", ["date": "30 February 2026"], 400, "there is no 30 February 2026"),
            ("lottery", [:], 404, "nothing is at GET /lottery; GET one of /worldTime"),
        ] as [(String, [String: String], Int, String)])
    func `a call that cannot be answered says why`(
        operation: String, arguments: [String: String], status: Int, message: String
    ) async throws {
        let answer = try await get(operation, arguments)
        #expect(answer.status == status)
        #expect(Set(answer.members.keys) == ["error"])
        #expect(answer.members["error"]?.plainText.contains(message) == true, "\(answer.members)")
    }
}
