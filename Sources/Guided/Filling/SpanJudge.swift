import Core
import Languages

/// Lets the model say which of the texts that fit a slot it would write there.
struct SpanJudge {
    let model: any TokenModel
    let question: String
    let prompts: Prompts.Calls

    /// Texts of one slot that are compared at most.
    private static let most = 6
    /// Texts that fit this much worse than the best are not compared.
    private static let margin = 1.0
    /// What one natural-log unit weighs, and how many count at most.
    private static let weight = 0.2
    private static let cap = 5.0

    /// The candidates with the model's word added to their scores.
    func judged(_ call: FilledCall, usage: inout Usage) async throws -> [[Candidate]] {
        var candidates = call.candidates
        for (index, slot) in call.slots.enumerated() where slot.kind == .text || slot.kind == .texts {
            let close = rivals(candidates[index])
            guard close.count > 1 else { continue }
            // The model reads words, which a name with hyphens hides.
            let texts = close.map { place in
                let text = Self.written(candidates[index][place].value)
                return slot.notes.isSlug ? text.replacing("-", with: " ") : text
            }
            let (scores, more) = try await model.logProbabilities(of: texts, after: prompt(call.tool, slot))
            usage += more
            try Task.checkCancellation()
            guard scores.count == texts.count, let best = scores.map(\.logProbability).max() else { continue }
            for (place, score) in zip(close, scores) {
                candidates[index][place].score -=
                    Self.weight * min(slot.isRequired ? Self.cap : Self.cap / 2, best - score.logProbability)
            }
            // What was not compared stays behind what was.
            for place in candidates[index].indices where !close.contains(place) {
                candidates[index][place].score -= 0.5
            }
        }
        return candidates
    }

    private func rivals(_ candidates: [Candidate]) -> [Int] {
        guard let best = candidates.map(\.score).max() else { return [] }
        let close = candidates.indices.filter { candidates[$0].score >= best - Self.margin }
        var seen: Set<String> = []
        let sorted = close.sorted { candidates[$0].score > candidates[$1].score }
        return Array(sorted.filter { seen.insert(Self.written(candidates[$0].value)).inserted }.prefix(Self.most))
    }

    private static func written(_ value: JSONValue) -> String {
        let texts = value.array?.compactMap(\.string) ?? [value.string ?? value.text]
        return texts.joined(separator: "\", \"") + "\""
    }

    private func prompt(_ tool: Tool, _ slot: Slot) -> Prompt {
        // What never changes stands first, so that it is read once.
        let lines =
            prompts.spanExamples + [
                "", "\(tool.operation): \(tool.description.prefix(240))",
                "\(slot.name): \(slot.notes.description.prefix(160))", "",
                "\"\(question.replacing("\n", with: " "))\" → \(tool.operation)(\(slot.name): \(slot.kind == .texts ? "[" : "")\"",
            ]
        return Prompt([.text(lines.joined(separator: "\n"))])
    }
}
