import Core
import Languages
import Understanding

/// Lets the model compare whole calls of an operation after its examples, in a notation that a small model reads reliably
/// where it fails at JSON: `worldTime(city: "Paris")`. How the examples place their arguments among the words weighs in.
struct CallJudge {
    let model: any TokenModel

    /// Examples that the model is shown at most; more cost time and help no further.
    private static let shownExamples = 6
    /// One unit of support by the examples, and one of how well the values fit, weigh as so many natural-log units of the
    /// model's.
    private static let supportWeight = 4.0
    private static let fitWeight = 1.5
    /// One unit of support by the question before: "and in kelvin?" after "what is 30 °C in Fahrenheit".
    private static let earlierWeight = 8.0
    /// What it costs to leave out something that was said.
    private static let unusedWeight = 2.0

    /// The best of several ways to fill a call.
    ///
    /// - Parameters:
    ///   - shown: the examples that the model is to go on with, the most alike last.
    ///   - earlier: how the question before places its arguments, where this one goes on from it.
    func best(
        of assignments: [Assignment], _ filling: ExampledFilling, shown: [Tool.Example],
        earlier: SlotPattern? = nil, usage: inout Usage
    ) async throws -> Assignment? {
        guard assignments.count > 1 else { return assignments.first }
        let (tool, slots) = (filling.tool, filling.slots)
        var lines = ["\(tool.operation): \(tool.description.prefix(while: { $0 != "." && $0 != "\n" }))", ""]
        lines += shown.suffix(Self.shownExamples).map { example in
            let values = slots.map { $0.value(in: example.arguments) }
            return "\"\(example.question)\" → \(tool.operation)(\(Self.written(values, slots))"
        }
        let question = filling.reading.text.text(0..<filling.reading.text.characters.count)
        lines.append("\"\(question.replacing("\n", with: " "))\" → \(tool.operation)(")
        let texts = assignments.map { Self.written($0.filled.map { $0?.value }, slots) }
        let (scores, more) = try await model.logProbabilities(
            of: texts, after: Prompt([.text(lines.joined(separator: "\n"))]))
        try Task.checkCancellation()
        usage += more
        guard scores.count == texts.count else { return assignments.first }
        let patterns = filling.examples.map(\.pattern)
        let rests = filling.rests(withFigures: true)
        let totals = zip(assignments, scores).map { assignment, score in
            score.logProbability + Self.fitWeight * assignment.score
                - Self.unusedWeight * Double(rests.count { rest in !assignment.ranges.contains { $0.overlaps(rest) } })
                + support(of: SlotPattern(filling.reading.text, assignment.places), by: patterns, earlier)
        }
        return totals.indices.max { totals[$0] < totals[$1] }.map { assignments[$0] }
    }

    private func support(of pattern: SlotPattern, by examples: [SlotPattern], _ earlier: SlotPattern?) -> Double {
        Self.supportWeight * pattern.support(by: examples)
            + Self.earlierWeight * (earlier.map { pattern.support(by: [$0]) } ?? 0)
    }

    /// Arguments as they stand between the parentheses, the closing one included.
    private static func written(_ values: [JSONValue?], _ slots: [Slot]) -> String {
        zip(slots, values).compactMap { slot, value in
            value.map { value in
                let isBare: Bool =
                    switch slot.kind {
                    case .choice: true
                    case .text: slot.notes.theme == .date || slot.notes.theme == .time
                    default: false
                    }
                return "\(slot.name): \(isBare ? value.string ?? value.text : value.text)"
            }
        }.joined(separator: ", ") + ")"
    }
}

extension Assignment {
    /// Whether half a question gives a unit anew to a number that the question before said with another: "10 km".
    func tears(_ before: [Int: Range<Int>], _ slots: [Slot]) -> Bool {
        before.contains { number, whole in
            guard case .number = slots[number].kind, filled[number]?.range == nil else { return false }
            return before.contains { unit, part in
                unit != number && whole.overlaps(part) && filled[unit]?.range != nil
            }
        }
    }

    /// Where the question says each value, in characters, by the slots' indices.
    var places: [Int: Range<Int>] {
        Dictionary(
            uniqueKeysWithValues: filled.indices.compactMap { index in
                filled[index]?.range.map { (index, $0) }
            })
    }
}
