import Core
import Languages
import Understanding

/// Fills slots that ask for a unit: with one the question asks for, or with that of its quantities.
struct UnitNames {
    let reading: QuestionReading

    private var units: UnitTable { reading.language.units }

    func candidates(for slot: Slot) -> [Candidate] {
        let words = reading.text.words
        var found: [Candidate] = []
        for index in words.indices.dropFirst() where units.terms.introductions.contains(words[index - 1].lower) {
            for count in stride(from: min(units.mostWords, words.count - index), through: 1, by: -1) {
                let range = words[index].range.lowerBound..<words[index + count - 1].range.upperBound
                let spelling = reading.text.text(range)
                guard spelling.count > 1, units.named(spelling) != nil || isRatio(spelling) else { continue }
                guard !reading.quantities.contains(where: { $0.range.overlaps(range) && $0.isFigure }) else { continue }
                let fit = slot.notes.side == .second ? 0.8 : slot.notes.side == .first ? -0.8 : 0
                found.append(Candidate(value: .string(spelling), range: range, score: 1.6 + fit))
                break
            }
        }
        // The unit of a result is another than that of what is given.
        let description = slot.notes.description.lowercased()
        let score = units.terms.ofResults.contains(where: description.contains) ? -0.5 : 0.9
        for quantity in reading.quantities {
            guard quantity.unit != nil, quantity.isFigure else { continue }
            let written = reading.text.text(quantity.range).drop { $0.isNumber || ",.-$€£ ".contains($0) }
            guard !written.isEmpty else { continue }
            let fit = slot.notes.side == .first ? 0.8 : slot.notes.side == .second ? -0.8 : 0
            found.append(
                Candidate(value: .string(String(written)), range: nil, score: score + fit, place: quantity.range))
        }
        return found
    }

    /// "grams/mole"
    private func isRatio(_ text: String) -> Bool {
        let parts = text.split(separator: "/").map(String.init)
        return parts.count == 2 && parts.allSatisfy { units.named($0) != nil }
    }
}
