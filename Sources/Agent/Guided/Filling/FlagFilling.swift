import Core

/// Fills switches: true where the question speaks of what one switches, false where it says so and denies it.
struct FlagFilling {
    let reading: QuestionReading
    /// Stems of the tool's name: that a question has them says nothing of a switch.
    let topic: Set<String>

    private static let idle: Set<String> = Set(
        [
            "include", "included", "is", "has", "get", "return", "returned", "show", "use", "with", "enable", "option",
            "flag",
            "whether", "if", "true", "false", "set", "should", "result", "results", "output", "specifies", "indicates",
            "indicate", "provide", "details?", "add", "allow", "need", "want", "calculate", "only",
        ].map(Stem.of))
    private static let denying: Set<String> = [
        "not", "no", "without", "don't", "doesn't", "exclude", "excluding", "except", "never", "neither", "nor",
        "avoid",
        "skip", "ignore", "ignoring", "omit", "neglecting", "neglect",
    ]

    func candidates(for slot: Slot) -> [Candidate] {
        let names = slot.notes.nameStems.filter { !Self.idle.contains($0) && $0.count > 1 }
        let wanted = names.isEmpty ? slot.notes.nameStems : names
        let words = reading.text.words
        let spoken = words.map { Stem.all(in: $0.text) }
        var places: [Int] = []
        var matched = 0.0
        for stem in wanted {
            guard let place = spoken.firstIndex(where: { $0.contains { ChoiceFilling.isSame($0, stem) } }) else {
                continue
            }
            matched += topic.contains(stem) ? 0.6 : 1
            places.append(place)
        }
        let part = wanted.isEmpty ? 0 : matched / Double(wanted.count)
        var candidates: [Candidate] = []
        if part > 0.3, let first = places.min(), let last = places.max() {
            let nameDenies = slot.notes.nameStems.contains {
                ["avoid", "exclud", "skip", "no", "without", "ignor"].contains($0)
            }
            let isDenied = words[max(0, first - 3)...last].contains { Self.denying.contains($0.lower) }
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
