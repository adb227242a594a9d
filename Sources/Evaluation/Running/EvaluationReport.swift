/// What suites found out about a model.
package struct EvaluationReport: Sendable, Hashable, Codable {
    package var model: String
    package var modelPath: String
    package var embeddingModel: String
    /// Squire's.
    package var version: String
    package var rows: [Row]
    /// Cases that were not right, and those alone.
    package var failures: [Failure]?

    /// One measure of one suite.
    package struct Row: Sendable, Hashable, Codable {
        package var suite: String
        package var measure: String
        package var kind: Measure.Kind
        package var value: Double
        /// The interval that holds the true value in 95 of 100 such measurements.
        package var low: Double
        package var high: Double
        /// Those that the measure says something of.
        package var cases: Int
        package var secondsPerCase: Double

        /// Nil where the measure has no cases.
        init?(_ suite: String, _ measure: Measure, _ outcomes: [CaseOutcome]) {
            let counted = outcomes.filter { $0.scores[measure] != nil }
            let scores = counted.compactMap { $0.scores[measure] }
            let estimate: Estimate? =
                switch measure.kind {
                case .rate: .rate(scores.count { $0 == 1 }, of: scores.count)
                case .mean: .mean(scores)
                }
            guard let estimate else { return nil }
            self.suite = suite
            self.measure = measure.name
            kind = measure.kind
            (value, low, high) = (estimate.value, estimate.low, estimate.high)
            cases = scores.count
            secondsPerCase = counted.reduce(0) { $0 + $1.seconds } / Double(scores.count)
        }
    }

    package struct Failure: Sendable, Hashable, Codable {
        package var suite: String
        package var id: String
        package var question: String
        package var wanted: String
        package var came: String
    }
}
