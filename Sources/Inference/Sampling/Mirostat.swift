import Foundation

/// Keeps the surprise of a text near a target, in place of fixed truncations (Basu and others, "Mirostat", arXiv
/// 2007.14966). Both versions follow llama.cpp, where they look at tokens instead of words.
struct Mirostat {
    private let version: Int
    private let target: Double
    private let rate: Double
    /// The most surprise that is let through, in bits; moves with what was chosen.
    private var bound: Double

    /// - Returns: nil where it is off.
    init?(_ settings: SamplerSettings) {
        guard settings.mirostat != 0 else { return nil }
        version = settings.mirostat
        target = settings.mirostatTau
        rate = settings.mirostatEta
        bound = 2 * target
    }

    /// - Parameters:
    ///   - highest: the row's highest logit.
    ///   - point: from 0 to under 1, where in the distribution.
    mutating func choose(
        _ row: LogitRow, highest: Float, temperature: Float, from candidates: inout Candidates, at point: Double
    ) -> Token? {
        let scale = 1 / temperature
        if version == 1 {
            let count = likeliest(row, scale: Double(scale), candidates: &candidates)
            if count > candidates.count { candidates.takeLikeliest(count, of: row, over: -.infinity) }
            candidates.keepFirst(count)
        } else {
            let weight = row.weight(over: -.infinity, reference: highest, scale: scale)
            // The weight whose surprise is the bound. The likeliest token is always let through.
            let bar = highest + Float((log(weight) - bound * log(2)) / Double(scale))
            candidates.takeAll(of: row, over: min(bar.nextDown, highest.nextDown))
        }
        let sum = candidates.weigh(scale: scale)
        guard let chosen = candidates.draw(sum: sum, at: point) else { return nil }
        bound -= rate * (-log2(chosen.weight / sum) - target)
        return chosen.token
    }

    /// How many of the likeliest tokens the first version keeps, by the Zipf exponent of the first hundred.
    private func likeliest(_ row: LogitRow, scale: Double, candidates: inout Candidates) -> Int {
        candidates.takeLikeliest(100, of: row, over: -.infinity)
        var products = 0.0
        var squares = 0.0
        for (index, pair) in zip(candidates.items, candidates.items.dropFirst()).enumerated() {
            let ranks = log(Double(index + 2) / Double(index + 1))
            products += ranks * Double(pair.0.logit - pair.1.logit) * scale
            squares += ranks * ranks
        }
        let exponent = products / squares
        let excess = exponent - 1
        let count = pow(excess * exp2(bound) / (1 - pow(Double(row.count), -excess)), 1 / exponent)
        // An exponent of 1, or of nothing (all equally likely, or one token), gives no number: nothing is left out.
        guard count.isFinite, count < Double(row.count) else { return max(1, row.count) }
        return max(1, Int(count))
    }
}
