import Core

/// Decides which of the filled calls a question asks for, if any.
struct ToolDecision {
    let embedder: any Embedder

    struct Outcome {
        var chosen: Int?
        var best: Int?
        var note: String
    }

    func decide(_ reading: QuestionReading, _ fits: [FilledCall]) async throws -> Outcome {
        let question = reading.text.text(0..<reading.text.characters.count)
        let names = fits.map { Stem.words(in: $0.tool.operation).joined(separator: " ") }
        let texts = fits.map(Self.subject) + names + fits.map(\.tool.description)
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
            let score = evidence.logOdds
            scores.append(score)
            notes.append([
                "tool": .string(fit.tool.operation), "score": .number(score),
                "x": .array(evidence.values.map { .number(($0 * 1000).rounded() / 1000) }),
            ])
        }
        let best = scores.indices.max { scores[$0] < scores[$1] }
        let chosen = best.flatMap { scores[$0] >= ToolEvidence.enough ? $0 : nil }
        return Outcome(chosen: chosen, best: best, note: JSONValue.array(notes).text)
    }

    static func subject(of fit: FilledCall) -> String {
        let name = Stem.words(in: fit.tool.operation).joined(separator: " ")
        let parameters = fit.slots.map { Stem.words(in: $0.name).joined(separator: " ") }.joined(separator: ", ")
        return "\(name). \(fit.tool.description) \(parameters)"
    }
}
