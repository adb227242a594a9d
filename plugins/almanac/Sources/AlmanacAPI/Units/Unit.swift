/// What a unit measures.
enum Dimension: String, Sendable, CaseIterable {
    case length
    case mass
    case temperature
    case volume
    case area
    case speed
    case time
    case data
    case energy
    case power
    case pressure
    case angle

    /// `a length`, `an area`, `a quantity of data`.
    var phrase: String {
        switch self {
        case .area, .energy, .angle: "an \(rawValue)"
        case .data: "an amount of data"
        default: "a \(rawValue)"
        }
    }
}

/// A unit of measure, and how it turns into its dimension's SI unit: multiplied by `factor`, then `offset` added.
struct Unit: Sendable, Hashable {
    /// In English, in the singular: `kilometer`.
    var name: String
    var plural: String
    var dimension: Dimension
    var factor: Double
    var offset: Double
    /// Other names and symbols. A symbol with a capital letter is matched as it is written before it is matched in
    /// any case: `Mb` is not `MB`.
    var names: [String]

    init(
        _ name: String, _ dimension: Dimension, _ factor: Double, offset: Double = 0, plural: String? = nil,
        _ names: [String] = []
    ) {
        self.name = name
        self.plural = plural ?? name + "s"
        self.dimension = dimension
        self.factor = factor
        self.offset = offset
        self.names = names
    }

    func convert(_ value: Double, to other: Unit) -> Double {
        // Between units without an offset one division, so that a whole ratio stays exact.
        if offset == 0, other.offset == 0 { return (value * factor / other.factor).settled }
        return ((value * factor + offset - other.offset) / other.factor).settled
    }

    /// `1 mile`, `26.2 miles`, `20 °C`.
    func phrase(_ number: String) -> String {
        if dimension == .temperature { return number + (name == "kelvin" ? " K" : name == "celsius" ? " °C" : " °F") }
        return "\(number) \(number == "1" ? name : plural)"
    }
}
