import Core
import SquireClient
import SquireProtocol

/// Questions that a plugin has the answer to: does the assistant say the plugin's figure, and where it does not, that it is
/// unsure? What the plugin says to the right call is asked of the plugin itself.
struct GroundedSuite: EvaluationSuite {
    struct Case: Sendable, Hashable, Decodable {
        var id: String
        var question: String
        /// The call that answers it.
        var operation: String
        var arguments: JSONValue
        /// The members of the result that the answer must say.
        var figures: [String]
    }

    static let right = Measure("the plugin's figure")
    static let unsure = Measure("says it is unsure, of the rest")
    static let sourced = Measure("every figure has a source")

    var name: String
    var plugin: String
    var cases: [Case]

    var measures: [Measure] { [Self.right, Self.unsure, Self.sourced] }
    var caseCount: Int { cases.count }

    func limited(to count: Int) -> GroundedSuite {
        GroundedSuite(name: name, plugin: plugin, cases: Array(cases.prefix(count)))
    }

    func prepare(_ client: SquireClient) async throws {}

    func run(_ index: Int, _ client: SquireClient) async throws -> CaseOutcome {
        let test = cases[index]
        let before = try await truth(test, client)
        let start = ContinuousClock.now
        let answer = try await client.call(
            AssistantAsk.self,
            .init(
                message: test.question, plugins: .named([plugin]), collections: .named([]),
                sampling: WireSampling(temperature: 0, maxTokens: 160), stream: false)
        ).message
        let seconds = (.now - start) / .seconds(1)
        // A clock may have gone on to the next minute.
        let after = try await truth(test, client)
        let text = Citation.unmarked(answer.text, numbers: answer.citations.map(\.number))
        let isRight = [before, after].contains { figures in figures.allSatisfy { $0.isSaid(in: text) } }
        var scores = [
            Self.right: isRight ? 1.0 : 0,
            Self.sourced: AnswerReading.hasSources(
                text, question: test.question, results: answer.steps.compactMap(\.result)) ? 1 : 0,
        ]
        if !isRight { scores[Self.unsure] = AnswerReading.isUnsure(answer.text) ? 1 : 0 }
        let steps = answer.steps.map { "\($0.operation)(\($0.arguments.text))" }.joined(separator: ", ")
        return CaseOutcome(
            scores: scores, came: "\(steps.isEmpty ? "no call" : steps): \(answer.text)", seconds: seconds,
            isRight: isRight)
    }

    /// What the plugin itself says to the call that answers the question.
    ///
    /// - Throws: `suiteUnanswerable`, where that call is wrong.
    private func truth(_ test: Case, _ client: SquireClient) async throws -> [SaidFigure] {
        let result: JSONValue
        do {
            result = try await client.call(
                PluginCall.self, .init(name: plugin, operation: test.operation, arguments: test.arguments)
            ).result
        } catch let error as any SquireError {
            throw EvaluationError(
                .suiteUnanswerable, "\(name), case \"\(test.id)\": its own call is not answered: \(error.message)",
                cause: error)
        }
        return try test.figures.map { name in
            guard let value = result[name] else {
                throw EvaluationError(
                    .suiteUnanswerable,
                    "\(self.name), case \"\(test.id)\": \(test.operation) gives no \"\(name)\", but \(result.text)")
            }
            return SaidFigure(value: value)
        }
    }

    func question(_ index: Int) -> CaseQuestion {
        let test = cases[index]
        return CaseQuestion(
            id: test.id, text: test.question,
            wanted: "\(test.figures.joined(separator: " and ")) of \(test.operation)(\(test.arguments.text))",
            measures: [Self.right, Self.unsure, Self.sourced])
    }
}

// Beside the type, so that it keeps its memberwise initialiser.
extension GroundedSuite {
    /// - Throws: `suiteDamaged`.
    init(name: String, plugin: String, lines: [JSONLine]) throws {
        var names = CaseNames()
        let cases = try lines.map { line in
            let test = try line.decode(Case.self)
            try names.add(test.id, in: line)
            guard !test.figures.isEmpty else { throw line.damaged("`figures` is empty: what must the answer say?") }
            return test
        }
        self.init(name: name, plugin: plugin, cases: cases)
    }
}
