import Core
import Languages
import Understanding

/// Fills switches: true where the question speaks of what one switches, false where it says so and denies it.
struct FlagFilling {
    let reading: QuestionReading
    /// Stems of the tool's name: that a question has them says nothing of a switch.
    let topic: Set<String>

    func candidates(for slot: Slot) -> [Candidate] {
        let language = reading.language
        let names = slot.notes.nameStems.filter { !language.slots.idle.contains($0) && $0.count > 1 }
        let wanted = names.isEmpty ? slot.notes.nameStems : names
        let words = reading.text.words
        let spoken = words.map { language.stem.all(in: $0.text) }
        var places: [Int] = []
        var matched = 0.0
        for stem in wanted {
            guard let place = spoken.firstIndex(where: { $0.contains { Stem.areAlike($0, stem) } }) else {
                continue
            }
            matched += topic.contains(stem) ? 0.6 : 1
            places.append(place)
        }
        let part = wanted.isEmpty ? 0 : matched / Double(wanted.count)
        var candidates: [Candidate] = []
        if part > 0.3, let first = places.min(), let last = places.max() {
            let nameDenies = slot.notes.nameStems.contains(where: language.slots.denyingNames.contains)
            let isDenied = words[max(0, first - 3)...last].contains {
                language.words.slots.flags.denying.contains($0.lower)
            }
            candidates.append(
                Candidate(value: .bool(nameDenies || !isDenied), range: nil, score: 0.2 + 1.3 * part))
        }
        if slot.isRequired {
            candidates.append(
                Candidate(value: slot.notes.fallback?.bool.map(JSONValue.bool) ?? true, range: nil, score: -0.4))
        }
        return candidates
    }
}
