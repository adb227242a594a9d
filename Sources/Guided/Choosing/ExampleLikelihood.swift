import Core
import Understanding

/// Which of several operations that are near each other the model names after a list of questions and the operations that
/// answer them: what the examples tell beyond how near they are.
struct ExampleLikelihood: Sendable {
    let model: any TokenModel
    let vectors: TextVectors
    let language: QuestionLanguage

    /// Operations whose log-odds are so near to the best one's that the model is asked, and how many.
    private static let (near, most) = (4.0, 4)
    /// Examples of each.
    private static let shown = 3

    /// - Parameters:
    ///   - fits: the operations, one of which the question is meant for.
    ///   - scores: their log-odds.
    /// - Returns: the place of the one that is meant; `best` where there is nothing to ask the model about.
    func chosen(
        _ best: Int, of fits: [FilledCall], _ scores: [Double], question: String, usage: inout Usage
    ) async throws -> Int {
        let rivals = fits.indices.filter { scores[best] - scores[$0] < Self.near && !fits[$0].tool.examples.isEmpty }
            .sorted { scores[$0] > scores[$1] }.prefix(Self.most)
        guard rivals.count > 1, rivals.contains(best) else { return best }
        let index = AnchorIndex(vectors: vectors)
        var examples: [[Tool.Example]] = []
        for rival in rivals.map({ fits[$0] }) {
            examples.append(
                try await index.examples(of: rival.tool, rival.reading.asked, nearestTo: question, in: language))
        }
        var lines: [String] = []
        // The likest examples last, and each operation's turn in turn, so that no operation is favoured by its place.
        for round in (0..<Self.shown).reversed() {
            for (place, rival) in rivals.enumerated().reversed() where examples[place].count > round {
                lines.append("\"\(examples[place][round].question)\" → \(fits[rival].tool.operation)")
            }
        }
        let prompt = Prompt([.text(lines.joined(separator: "\n") + "\n\"\(question.replacing("\n", with: " "))\" →")])
        let (likelihoods, more) = try await model.logProbabilities(
            of: rivals.map { " \(fits[$0].tool.operation)\n" }, after: prompt)
        usage += more
        let total = zip(rivals, likelihoods).map { scores[$0] + $1.logProbability }
        return total.indices.max { total[$0] < total[$1] }.map { rivals[$0] } ?? best
    }
}
