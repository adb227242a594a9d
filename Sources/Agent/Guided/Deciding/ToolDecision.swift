import Core
import Foundation

/// Decides which of the filled calls a question asks for, if any.
struct ToolDecision {
    let embedder: any Embedder
    /// The log-odds from which on a tool is called.
    let enough: Double

    struct Outcome {
        var chosen: Int?
        var best: Int?
        /// Each tool with how likely the question is meant for it.
        var weighed: [TraceEntry.Candidate] = []
        var note: String
    }

    func decide(_ reading: QuestionReading, _ fits: [FilledCall]) async throws -> Outcome {
        let question = reading.text.text(0..<reading.text.characters.count)
        let texts =
            fits.map(\.reading.subject) + fits.map(\.reading.name) + fits.map(\.tool.description)
            + fits.map { Self.framed(reading, $0) }
        let vectors = try await embedder.embed([question] + texts)
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        guard vectors.count == texts.count + 1 else { return Outcome(note: "") }
        func nearness(_ index: Int) -> Double { AnchorIndex.cosine(vectors[0], vectors[index + 1]) }
        var notes: [JSONValue] = []
        var scores: [Double] = []
        for (index, fit) in fits.enumerated() {
            var evidence = ToolEvidence(fit, reading)
            evidence.nearness = nearness(index)
            evidence.nameNearness = nearness(index + fits.count)
            evidence.descriptionNearness = nearness(index + 2 * fits.count)
            let framed = vectors[index + 3 * fits.count + 1]
            evidence.framedNearness = AnchorIndex.cosine(framed, vectors[index + 1])
            evidence.framedDescription = AnchorIndex.cosine(framed, vectors[index + 2 * fits.count + 1])
            let score = evidence.logOdds
            scores.append(score)
            notes.append([
                "tool": .string(fit.tool.operation), "score": .number(score),
                "x": .array(evidence.values.map { .number(($0 * 1000).rounded() / 1000) }),
            ])
        }
        let best = scores.indices.max { scores[$0] < scores[$1] }
        let chosen = best.flatMap { scores[$0] >= enough ? $0 : nil }
        func likelihood(_ score: Double) -> Double { 1 / (1 + exp(-score)) }
        let weighed =
            zip(fits, scores).map { TraceEntry.Candidate(text: $0.tool.operation, score: likelihood($1)) }
            + [TraceEntry.Candidate(text: "no tool", score: likelihood(enough))]
        return Outcome(
            chosen: chosen, best: best, weighed: weighed.sorted { $0.score > $1.score },
            note: JSONValue.array(notes).text)
    }

    /// The question with names of arguments in the place of what fills them.
    static func framed(_ reading: QuestionReading, _ fit: FilledCall) -> String {
        var characters = reading.text.characters
        let filled = zip(fit.slots, fit.assignment.filled).compactMap { slot, candidate in
            candidate?.range.map {
                (range: $0, name: Stem.words(in: slot.name).filter { Int($0) == nil }.joined(separator: " "))
            }
        }
        var start = characters.count
        for one in filled.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) where one.range.upperBound <= start
        {
            characters.replaceSubrange(one.range, with: Array(one.name))
            start = one.range.lowerBound
        }
        return String(characters)
    }
}
