import Foundation

/// A figure measured on some cases, and the interval that holds the true one in 95 of 100 such measurements.
package struct Estimate: Sendable, Hashable {
    package var value: Double
    package var low: Double
    package var high: Double

    /// A share, with Wilson's score interval: it stays within 0 and 1, and is honest for few cases and for none or all
    /// that succeed (E. B. Wilson, 1927). Nil where there are no cases.
    package static func rate(_ successes: Int, of count: Int) -> Estimate? {
        guard count > 0 else { return nil }
        // The normal distribution's 97.5th percentile.
        let z = 1.959963984540054
        let n = Double(count)
        let rate = Double(successes) / n
        let centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
        let reach = z / (1 + z * z / n) * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
        return Estimate(value: rate, low: max(0, centre - reach), high: min(1, centre + reach))
    }

    /// A mean, with the percentile interval of the bootstrap: means of cases drawn anew from those there are. Drawn the
    /// same way each time, so that the same cases give the same interval. Nil where there are no values.
    package static func mean(_ values: [Double]) -> Estimate? {
        guard !values.isEmpty else { return nil }
        var random = SplitMix(state: 20_231_118)
        let draws = 2000
        let means = (0..<draws).map { _ in
            values.indices.reduce(0) { sum, _ in sum + values[Int.random(in: values.indices, using: &random)] }
                / Double(values.count)
        }.sorted()
        func percentile(_ share: Double) -> Double { means[Int((share * Double(draws - 1)).rounded())] }
        return Estimate(
            value: values.reduce(0, +) / Double(values.count), low: percentile(0.025), high: percentile(0.975))
    }
}

/// Vigna's SplitMix64: random enough to draw cases with, and the same on every machine.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
