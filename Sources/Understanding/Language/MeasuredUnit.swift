import Foundation
package import Languages

/// A unit of measurement as questions and descriptions name it.
package struct MeasuredUnit: Sendable, Hashable {
    package typealias Dimension = UnitDimension

    package var name: String
    package var dimension: Dimension
    /// How many of the dimension's base units it is; nil where that is no plain factor (temperatures, currencies).
    package var factor: Double?

    /// A quantity of this unit in another; nil where they cannot be converted.
    package func convert(_ value: Double, to other: MeasuredUnit) -> Double? {
        guard dimension == other.dimension else { return nil }
        if name == other.name { return value }
        guard let factor, let target = other.factor else { return nil }
        let result = value * factor / target
        // 50 mH are 0.05 H and not 0.05000000000000001.
        return Double(String(format: "%.12g", result)) ?? result
    }
}

/// The units that a language has names for, and those that are known by their symbols.
package struct UnitTable: Sendable {
    package let terms: UnitTerms
    private let names: [String: MeasuredUnit]
    private let symbols: [String: MeasuredUnit]
    private let per: [String]
    /// Words of the longest name.
    package let mostWords: Int

    init(_ terms: UnitTerms, per: Set<String>) {
        self.terms = terms
        self.per = per.sorted().map { " \($0) " }
        var names: [String: MeasuredUnit] = [:]
        var symbols: [String: MeasuredUnit] = [:]
        for measure in UnitOfMeasure.all {
            let own = terms.names[measure.name]
            // Degrees differ by more than a factor.
            let factor = measure.dimension == .temperature ? nil : measure.factor
            let unit = MeasuredUnit(name: own?.name ?? measure.name, dimension: measure.dimension, factor: factor)
            for name in own?.read ?? [] where names[name] == nil { names[name] = unit }
            for symbol in measure.symbols where symbols[symbol] == nil { symbols[symbol] = unit }
        }
        self.names = names
        self.symbols = symbols
        mostWords = names.keys.map { $0.split(separator: " ").count }.max() ?? 1
    }

    /// - Parameter spelling: a symbol as it is written (`km`, `µF`), or a name in any case and number.
    package func named(_ spelling: String) -> MeasuredUnit? {
        if let unit = symbols[spelling] { return unit }
        let lower = terms.spellings.reduce(spelling.lowercased()) { $0.replacing($1.key, with: $1.value) }
        if let unit = names[lower] ?? symbols[lower] { return unit }
        // "J/K", "grams per mole"
        let parts = per.reduce(spelling) { $0.replacing($1, with: "/") }.split(separator: "/").map(String.init)
        guard parts.count == 2, let above = named(parts[0]), let below = named(parts[1]) else { return nil }
        return MeasuredUnit(name: "\(above.name)/\(below.name)", dimension: .ratio, factor: nil)
    }
}
