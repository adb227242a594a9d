import Languages
import Understanding

/// What each figure of `ToolEvidence` weighs.
struct ChoiceWeights: Codable, Sendable, FittedLogit {
    var intercept: Double
    /// By the names of `ToolEvidence.Name`; one that is missing weighs nothing.
    var weights: [String: Double]
    /// The log-odds from which on a tool is called.
    var least: Double

    /// The log-odds that a question is meant for a tool, and not for none.
    func logOdds(_ evidence: ToolEvidence) -> Double {
        logOdds(ToolEvidence.Name.self, evidence.values)
    }
}

/// The fitted weights (`make fit`; docs/evaluation.md says on what), in `Resources/weights.json`.
struct FittedWeights: Codable, Sendable {
    /// Of registered plugins, whose documents say what they tell and what they do.
    var plugins: ChoiceWeights
    /// Of a client's tools, which have a name, a description and parameters.
    var client: ChoiceWeights

    static let current: FittedWeights = EmbeddedFile.read(PackageResources.weights_json, "weights.json")
}
