import Foundation
import Languages
import Understanding

/// What each figure of `PassageEvidence` weighs: fitted by `Benchmarks/fit_passages.py` (docs/evaluation.md says on
/// what), in `Resources/passages.json`.
struct PassageWeights: Codable, Sendable, FittedLogit {
    var intercept: Double
    /// By the names of `PassageEvidence.Name`; one that is missing weighs nothing.
    var weights: [String: Double]
    /// The log-odds that any of the units answers, from which on the likeliest is given as the answer.
    var least: Double

    /// The log-odds that a unit, and not another or none, is the answer.
    func logOdds(_ evidence: PassageEvidence) -> Double {
        logOdds(PassageEvidence.Name.self, evidence.values)
    }

    /// The log-odds that one of several units is the answer, and not none.
    func logOdds(ofAny odds: [Double]) -> Double {
        let most = odds.max() ?? -.infinity
        guard most.isFinite else { return most }
        return most + log(odds.reduce(0) { $0 + exp($1 - most) })
    }

    static let current: PassageWeights = EmbeddedFile.read(PackageResources.passages_json, "passages.json")
}
