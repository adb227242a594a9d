import Foundation

/// A unit of measurement as questions and descriptions name it.
struct Unit: Sendable, Hashable {
    enum Dimension: String, Sendable, Hashable {
        case length, mass, time, temperature, area, volume, speed, acceleration, energy, power, voltage, current, charge
        case resistance, capacitance, inductance, frequency, pressure, magneticField, angle, data, substance, force
        case money, fraction, density, ratio
    }

    var name: String
    var dimension: Dimension
    /// How many of the dimension's base units it is; nil where that is no plain factor (temperatures, currencies).
    var factor: Double?

    /// A quantity of this unit in another; nil where they cannot be converted.
    func convert(_ value: Double, to other: Unit) -> Double? {
        guard dimension == other.dimension else { return nil }
        if name == other.name { return value }
        guard let factor, let target = other.factor else { return nil }
        let result = value * factor / target
        // 50 mH are 0.05 H and not 0.05000000000000001.
        return Double(String(format: "%.12g", result)) ?? result
    }

    /// - Parameter spelling: a symbol as it is written (`km`, `µF`), or a name in any case and number.
    static func named(_ spelling: String) -> Unit? {
        if let unit = symbols[spelling] { return unit }
        let lower = spelling.lowercased().replacing("metre", with: "meter").replacing("litre", with: "liter")
        if let unit = names[lower] ?? (lower.hasSuffix("s") ? names[String(lower.dropLast())] : nil) ?? symbols[lower] {
            return unit
        }
        // "J/K", "grams per mole"
        let parts = spelling.replacing(" per ", with: "/").split(separator: "/").map(String.init)
        guard parts.count == 2, let above = named(parts[0]), let below = named(parts[1]) else { return nil }
        return Unit(name: "\(above.name)/\(below.name)", dimension: .ratio, factor: nil)
    }

    /// Words of the longest name.
    static let mostWords = 4

    private static let table: [(Dimension, Double?, symbols: String, names: String)] = [
        (.length, 1, "m", "meter"), (.length, 1000, "km", "kilometer"), (.length, 0.01, "cm", "centimeter"),
        (.length, 0.001, "mm", "millimeter"), (.length, 1e-6, "µm|μm|um", "micrometer|micron"),
        (.length, 1e-9, "nm", "nanometer"), (.length, 1609.344, "mi", "mile"), (.length, 0.9144, "yd", "yard"),
        (.length, 0.3048, "ft", "foot|feet"), (.length, 0.0254, "inch|\"", "inch|inche"),
        (.length, 9.4607e15, "ly", "light year|light-year|lightyear"),
        (.mass, 1, "kg", "kilogram|kilo"), (.mass, 0.001, "g", "gram"), (.mass, 1e-6, "mg", "milligram"),
        (.mass, 0.45359237, "lb|lbs", "pound"), (.mass, 0.028349523125, "oz", "ounce"),
        (.mass, 1000, "t", "ton|tonne|metric ton"),
        (.time, 1, "s|sec", "second"), (.time, 0.001, "ms", "millisecond"), (.time, 60, "min", "minute|min"),
        (.time, 3600, "h|hr|hrs", "hour"), (.time, 86400, "", "day"), (.time, 604_800, "wk", "week"),
        (.time, 2_629_800, "", "month"), (.time, 31_557_600, "yr|yrs", "year"), (.time, 315_576_000, "", "decade"),
        (.time, 3_155_760_000, "", "centurie"), (.time, 86400, "", "night"),
        (.temperature, nil, "°C|C|℃", "celsius|degree celsius|degrees celsius|centigrade"),
        (.temperature, nil, "°F|F", "fahrenheit|degree fahrenheit|degrees fahrenheit"),
        (.temperature, nil, "K", "kelvin"),
        (.area, 1, "m²|m^2|sqm|m2", "square meter|sq meter"), (.area, 1e6, "km²|km^2", "square kilometer"),
        (.area, 0.09290304, "ft²|sqft|ft^2", "square foot|square feet|sq ft|sq. ft"),
        (.area, 4046.8564224, "", "acre"), (.area, 10000, "ha", "hectare"), (.area, 2_589_988.11, "", "square mile"),
        (.area, 0.0001, "cm²|cm^2", "square centimeter"), (.area, 0.83612736, "", "square yard"),
        (.volume, 1, "m³|m^3|m3", "cubic meter"), (.volume, 0.001, "L|l", "liter"),
        (.volume, 1e-6, "mL|ml", "milliliter"),
        (.volume, 1e-6, "cm³|cm^3", "cubic centimeter"), (.volume, 0.003785411784, "gal", "gallon"),
        (.volume, 0.000236588, "", "cup"), (.volume, 0.0283168, "ft³|ft^3", "cubic foot|cubic feet"),
        (.speed, 1, "m/s", "meter/second|meters/second|meter per second|meters per second"),
        (.speed, 1 / 3.6, "km/h|kmh|kph", "kilometer per hour|kilometers per hour"),
        (.speed, 0.44704, "mph|mi/h", "mile per hour|miles per hour"),
        (
            .acceleration, 1, "m/s^2|m/s²|m/s2",
            "meter/second^2|meters/second^2|meters per second squared|meter per second squared"
        ),
        (.energy, 1, "J", "joule"), (.energy, 1000, "kJ", "kilojoule"), (.energy, 4184, "kcal", "kilocalorie"),
        (.energy, 4.184, "cal", ""), (.energy, 3.6e6, "kWh", "kilowatt hour|kilowatt-hour"),
        (.power, 1, "W", "watt"), (.power, 1000, "kW", "kilowatt"), (.power, 1e6, "MW", "megawatt"),
        (.voltage, 1, "V", "volt"), (.voltage, 0.001, "mV", "millivolt"), (.voltage, 1000, "kV", "kilovolt"),
        (.current, 1, "A", "ampere|amp"), (.current, 0.001, "mA", "milliampere|milliamp"),
        (.charge, 1, "", "coulomb"), (.charge, 1e-6, "µC|μC|uC", "microcoulomb"), (.charge, 1e-9, "nC", "nanocoulomb"),
        (.resistance, 1, "Ω", "ohm"), (.resistance, 1000, "kΩ", "kiloohm|kilohm"),
        (.capacitance, 1, "", "farad"), (.capacitance, 1e-6, "µF|μF|uF", "microfarad"),
        (.capacitance, 1e-9, "nF", "nanofarad"), (.capacitance, 1e-12, "pF", "picofarad"),
        (.inductance, 1, "H", "henry|henrie"), (.inductance, 0.001, "mH", "millihenry|millihenrie"),
        (.inductance, 1e-6, "µH|μH|uH", "microhenry|microhenrie"),
        (.frequency, 1, "Hz", "hertz"), (.frequency, 1000, "kHz", "kilohertz"), (.frequency, 1e6, "MHz", "megahertz"),
        (.frequency, 1e9, "GHz", "gigahertz"), (.frequency, nil, "bpm", "beats per minute"),
        (.pressure, 1, "Pa", "pascal"), (.pressure, 1000, "kPa", "kilopascal"),
        (.pressure, 101_325, "atm", "atmosphere"),
        (.pressure, 100_000, "", "bar"), (.pressure, 6894.757, "psi", ""), (.pressure, 133.322, "mmHg", ""),
        (.magneticField, 1, "T", "tesla"), (.magneticField, 0.0001, "", "gauss"),
        (.angle, 1, "°", "degree"), (.angle, 57.29577951308232, "rad", "radian"),
        (.data, 1, "B", "byte"), (.data, 1e3, "KB|kB", "kilobyte"), (.data, 1e6, "MB", "megabyte"),
        (.data, 1e9, "GB", "gigabyte"), (.data, 1e12, "TB", "terabyte"),
        (.substance, 1, "mol", "mole|mol"), (.force, 1, "N", "newton"), (.force, 1000, "kN", "kilonewton"),
        (.density, 1, "kg/m³|kg/m^3|kg/m3", "kilogram per cubic meter"), (.density, 1000, "g/cm³|g/cm^3", ""),
        (.money, nil, "$|USD", "dollar|us dollar|u.s. dollar|american dollar"), (.money, nil, "€|EUR", "euro"),
        (.money, nil, "£|GBP", "pound sterling|british pound"), (.money, nil, "¥|JPY", "yen|japanese yen"),
        (.money, nil, "CNY|RMB", "yuan"), (.money, nil, "INR|₹", "rupee|indian rupee"),
        (.money, nil, "CAD", "canadian dollar"), (.money, nil, "AUD", "australian dollar"),
        (.money, nil, "", "cent|buck"),
        (.fraction, 0.01, "%", "percent|per cent|percentage point"),
    ]

    private static let names: [String: Unit] = build { $0.names.isEmpty ? $0.symbols : $0.names }
    private static let symbols: [String: Unit] = build { $0.symbols }

    private static func build(_ spellings: ((Dimension, Double?, symbols: String, names: String)) -> String)
        -> [String: Unit]
    {
        var found: [String: Unit] = [:]
        for entry in table {
            let name = (entry.names.isEmpty ? entry.symbols : entry.names).split(separator: "|").first.map(String.init)
            let unit = Unit(name: name ?? "", dimension: entry.0, factor: entry.1)
            for spelling in spellings(entry).split(separator: "|") where found[String(spelling)] == nil {
                found[String(spelling)] = unit
            }
        }
        return found
    }
}
