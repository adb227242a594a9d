import Foundation
import Testing

@testable import AlmanacAPI

struct GazetteerTests {
    let gazetteer = almanac.gazetteer

    @Test func `every zone of the tables is one Foundation knows, and every city lies on the earth`() throws {
        let known = Set(gazetteer.cities.map(\.zone) + gazetteer.countries.values.compactMap(\.zone))
        #expect(known.filter { TimeZone(identifier: $0) == nil } == [])
        #expect(gazetteer.cities.count > 4000)
        #expect(
            gazetteer.cities.allSatisfy { abs($0.coordinate.latitude) <= 90 && abs($0.coordinate.longitude) <= 180 })
        #expect(gazetteer.cities.allSatisfy { gazetteer.countries[$0.country] != nil })
    }

    @Test func `every country has an answer: a time, or the cities to choose from`() throws {
        for country in gazetteer.countries.values {
            do throws(AlmanacError) {
                #expect(try gazetteer.place(country.name).country == country.name)
            } catch {
                #expect(error.message.contains("\(country.name) has several time zones; name a city in it, such as "))
            }
        }
    }

    @Test(arguments: [
        ("Oslo, Norway", "Oslo", "Europe/Oslo"), ("OSLO", "Oslo", "Europe/Oslo"),
        ("New York City", "New York City", "America/New_York"), ("nyc", "New York City", "America/New_York"),
        ("New York", "New York City", "America/New_York"), ("sao paulo", "São Paulo", "America/Sao_Paulo"),
        ("München", "Munich", "Europe/Berlin"), ("Bombay", "Mumbai", "Asia/Kolkata"),
        ("Kiev", "Kyiv", "Europe/Kyiv"),
        ("St. Petersburg", "Saint Petersburg", "Europe/Moscow"), ("The Hague", "The Hague", "Europe/Amsterdam"),
        ("Washington, D.C.", "Washington, D.C.", "America/New_York"),
        ("in Paris right now", "Paris", "Europe/Paris"),
        ("Sydney Australia", "Sydney", "Australia/Sydney"),
        ("Los Angeles, CA, USA", "Los Angeles", "America/Los_Angeles"),
        ("India", "New Delhi", "Asia/Kolkata"), ("the Netherlands", "Amsterdam", "Europe/Amsterdam"),
        ("UK", "London", "Europe/London"), ("California", "Los Angeles", "America/Los_Angeles"),
        ("Georgia", "Tbilisi", "Asia/Tbilisi"), ("Georgia, USA", "Atlanta", "America/New_York"),
    ])
    func `a city is found by the names people use`(text: String, city: String, zone: String) throws {
        let place = try gazetteer.place(text)
        #expect(place.city == city)
        #expect(place.zone == zone)
    }

    @Test func `of cities with one name the largest is meant, unless a country or state says another`() throws {
        #expect(try gazetteer.place("Portland").label == "Portland, United States")
        #expect(try gazetteer.place("Portland").zone == "America/Los_Angeles")
        #expect(try gazetteer.place("Portland, Maine").label == "Portland, Maine, United States")
        #expect(try gazetteer.place("portland maine").zone == "America/New_York")
        #expect(try gazetteer.place("London").country == "United Kingdom")
        #expect(try gazetteer.place("London, Ontario").country == "Canada")
    }

    @Test(arguments: [
        ("Europe/Paris", "Europe/Paris", 3600), ("america/new_york", "America/New_York", -18_000),
        ("UTC", "UTC", 0),
        ("est", "UTC-05:00", -18_000), ("IST", "UTC+05:30", 19_800), ("UTC+5:30", "UTC+05:30", 19_800),
        ("GMT-3", "UTC-03:00", -10_800), ("utc 3", "UTC+03:00", 10_800),
        ("Pacific Time", "America/Los_Angeles", -28_800),
        ("Kiritimati", "Pacific/Kiritimati", 50_400),
    ])
    func `zones are found by identifier, abbreviation and offset`(text: String, zone: String, seconds: Int) throws {
        let place = try gazetteer.place(text)
        #expect(place.zone == zone)
        #expect(place.timeZone.secondsFromGMT(for: monday) == seconds)
    }

    @Test func `coordinates take the zone of the nearest city, or far from any that of their meridian`() throws {
        #expect(try gazetteer.place("69.65, 18.96").zone == "Europe/Oslo")
        #expect(try gazetteer.place("33.9 S, 151.2 E").zone == "Australia/Sydney")
        #expect(try gazetteer.place("-48.9, -123.4").zone == "UTC-08:00")
        #expect(throws: AlmanacError.self) { try gazetteer.place("95, 10") }
    }

    @Test(arguments: [
        ("Tokio", "I know no place called \"Tokio\". Did you mean Tokyo?"),
        ("Bejing", "I know no place called \"Bejing\". Did you mean Beijing?"),
        ("Frnace", "I know no place called \"Frnace\". Did you mean France?"),
        ("Paris, Germany", "I know no place called \"Paris, Germany\". Did you mean Paris, France?"),
        ("Qxyzzyq", "Name a larger city nearby, or a time zone such as Europe/Paris"),
        ("Australia", "Australia has several time zones; name a city in it, such as Sydney"),
        (" ", "the place is empty"),
    ])
    func `an unknown name is answered with what to ask instead`(text: String, message: String) {
        let error = #expect(throws: AlmanacError.self) { try gazetteer.place(text) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
