import Core
import JSONRPC
package import SquireClient
import SquireProtocol

/// Runs suites against a daemon.
package struct SuiteRunner: Sendable {
    private let suites: [any EvaluationSuite]

    package init(_ suites: [any EvaluationSuite]) {
        self.suites = suites
    }

    /// Runs the cases one after another, so that their times say what one question takes.
    ///
    /// - Parameters:
    ///   - client: of a daemon nobody else uses: documents and conversations stay in it.
    ///   - onProgress: is told how many cases are done, how many there are, and of which suite the next is.
    /// - Throws: where a model cannot be loaded, what loading it threw; `suiteUnanswerable`; what a broken connection
    ///   throws. What the daemon answers to a case with is that case's failure.
    package func run(
        _ client: SquireClient, onProgress: (_ done: Int, _ total: Int, _ suite: String) -> Void = { _, _, _ in }
    ) async throws -> EvaluationReport {
        let total = suites.reduce(0) { $0 + $1.caseCount }
        var done = 0
        if let first = suites.first { onProgress(0, total, first.name) }
        // The first case would wait for both otherwise, and one without its model measure nothing.
        let model = try await client.call(ModelInfo.self, .init())
        let embedding = try await client.call(ModelEmbed.self, .init(texts: ["ready"])).model
        var rows: [EvaluationReport.Row] = []
        var failures: [EvaluationReport.Failure] = []
        for suite in suites {
            try await suite.prepare(client)
            var outcomes: [CaseOutcome] = []
            for index in 0..<suite.caseCount {
                onProgress(done, total, suite.name)
                let question = suite.question(index)
                let outcome = try await Self.outcome(of: suite, index, question, client)
                if !outcome.isRight {
                    failures.append(
                        EvaluationReport.Failure(
                            suite: suite.name, id: question.id, question: question.text, wanted: question.wanted,
                            came: outcome.came))
                }
                outcomes.append(outcome)
                done += 1
            }
            rows += suite.measures.compactMap { EvaluationReport.Row(suite.name, $0, outcomes) }
        }
        onProgress(done, total, "")
        return EvaluationReport(
            model: model.name, modelPath: model.path, embeddingModel: embedding, version: SquireVersion.current,
            rows: rows, failures: failures)
    }

    private static func outcome(
        of suite: any EvaluationSuite, _ index: Int, _ question: CaseQuestion, _ client: SquireClient
    ) async throws -> CaseOutcome {
        let start = ContinuousClock.now
        do {
            return try await suite.run(index, client)
        } catch let error as RPCError where error.code != .cancelled {
            return CaseOutcome(
                scores: Dictionary(uniqueKeysWithValues: question.measures.map { ($0, 0) }),
                came: "error: \(error.message)", seconds: (.now - start) / .seconds(1), isRight: false)
        }
    }
}
