import Testing

@testable import AlmanacAPI

struct UnitTests {
    let reader = UnitReader()

    @Test(arguments: [
        (1.0, "mile", "kilometer", 1.609344), (26.2, "mi", "km", 42.1648128), (1, "nautical mile", "meter", 1852),
        (1, "pound", "kilogram", 0.45359237), (1, "stone", "lb", 14), (212, "°F", "°C", 100), (-40, "C", "F", -40),
        (0, "kelvin", "celsius", -273.15), (98.6, "fahrenheit", "celsius", 37), (1, "gallon", "liter", 3.785411784),
        (1, "imperial gallon", "liter", 4.54609), (1, "cup", "milliliter", 236.5882365),
        (1, "acre", "square meter", 4046.8564224),
        (1, "hectare", "acre", 2.47105381467), (100, "km/h", "mph", 62.1371192237), (1, "knot", "km/h", 1.852),
        (1, "week", "minutes", 10_080), (1, "year", "days", 365.2425), (1, "GiB", "MB", 1073.741824),
        (8, "Mb", "MB", 1),
        (500, "mb", "gb", 0.5), (1, "kWh", "MJ", 3.6), (1, "Cal", "kJ", 4.184), (1, "atm", "hPa", 1013.25),
        (1, "psi", "kPa", 6.89475729317), (1, "hp", "kW", 0.745699871582), (180, "degree", "radian", 3.14159265359),
        (1, "astronomical unit", "km", 149_597_870.7),
    ])
    func `conversions are those of the definitions`(value: Double, from: String, to: String, result: Double) throws {
        let pair = try reader.pair(from, to)
        #expect(pair.from.convert(value, to: pair.to) == result)
    }

    @Test func `every unit is found by its name, its plural and each of its symbols, and converts to itself unchanged`()
        throws
    {
        #expect(Set(Unit.all.map(\.name)).count == Unit.all.count)
        for unit in Unit.all {
            for name in [unit.name, unit.plural, unit.name.uppercased()] + unit.names {
                #expect(try reader.pair(name, unit.name).from == unit, "\(name)")
            }
            #expect(unit.convert(12.5, to: unit) == 12.5)
        }
    }

    @Test(arguments: ["Kilometres", "kilometers", "KM", " km ", "kilometre", "km."])
    func `spelling is taken loosely`(text: String) throws {
        #expect(try reader.pair(text, "meter").from.name == "kilometer")
    }

    @Test func `a word for two things is taken as what the other unit measures`() throws {
        #expect(try reader.pair("ounces", "ml").from.name == "fluid ounce")
        #expect(try reader.pair("ounces", "g").from.name == "ounce")
        #expect(try reader.pair("degrees", "fahrenheit").from.name == "celsius")
        #expect(try reader.pair("minutes", "degrees").from.name == "arcminute")
    }

    @Test(arguments: [
        ("mile", "kilogram", "cannot convert miles to kilograms: the one is a length, the other a mass"),
        ("kilomter", "mile", "I know no unit called \"kilomter\". Did you mean kilometer?"),
        ("dollars", "euros", "\"dollars\" is a currency"),
        ("furlongs per fortnight", "mph", "I know no unit called"),
        ("", "mile", "the unit is empty"),
    ])
    func `what cannot be converted is told why`(from: String, to: String, message: String) {
        let error = #expect(throws: AlmanacError.self) { try reader.pair(from, to) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("26.2", 26.2), ("26,2", 26.2), ("1,500", 1500), ("1 500.5", 1500.5), ("1/2", 0.5), ("2 1/2", 2.5),
        ("2½", 2.5),
        ("−3", -3), ("1e3", 1000), (".5", 0.5), ("-1/4", -0.25),
    ])
    func `numbers are read as people write them`(text: String, value: Double) {
        #expect(number(reading: text) == value)
    }

    @Test(arguments: ["", "abc", "1/0", "nan", "inf", "12 miles", "1,2,3", "0x10"])
    func `what is no number is refused`(text: String) {
        #expect(number(reading: text) == nil)
    }
}
