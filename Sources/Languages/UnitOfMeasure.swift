/// A unit of measurement as all languages have it. The table is `Resources/units.json`; what a language calls each is in the
/// language's file.
///
/// Factors are exact by definition: the SI Brochure (BIPM, 9th edition, 2019) and NIST Special Publication 811 (2008),
/// appendix B, for the units outside the SI; the international yard and pound (1959: 0.9144 m, 0.45359237 kg); IAU resolution
/// 2012 B2 for the astronomical unit; IEC 80000-13 for binary prefixes. A month and a year are those of the Gregorian calendar
/// on average: 400 years have 146,097 days. Cups, pints and gallons are those of the United States unless named imperial. The
/// calorie is the thermochemical one, the British thermal unit that of the International Table; the mechanical horsepower is
/// 550 foot-pounds of force a second, the metric one 75 kilogram-force meters; the pound per square inch is 4.4482216152605 N
/// on 0.00064516 m², and the millimeter of mercury the conventional one.
package struct UnitOfMeasure: Codable, Sendable, Hashable {
    /// In English; by it languages say what they call the unit.
    package var name: String
    package var dimension: UnitDimension
    /// How many of the dimension's base units it is; nil where that changes (currencies) or nobody asks.
    package var factor: Double?
    /// What is added after the factor (temperatures).
    package var offset: Double?
    /// Signs by which a question is read.
    package var symbols: [String]
    /// Signs that are too much like words, or too rare, to be read where no unit is asked for.
    package var otherSymbols: [String]

    /// All units, the likelier first where two share a sign.
    package static let all: [UnitOfMeasure] = EmbeddedFile.read(PackageResources.units_json, "units.json")
}

/// What a unit measures.
package enum UnitDimension: String, Codable, Sendable, Hashable {
    case length, mass, time, temperature, area, volume, speed, acceleration, energy, power, voltage, current, charge
    case resistance, capacitance, inductance, frequency, pressure, magneticField, angle, data, substance, force
    case money, fraction, density, ratio
}
