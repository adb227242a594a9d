import Core
import Languages
import Understanding

/// Fills slots that have a list of values: with those that the question names.
struct ChoiceFilling {
    let reading: QuestionReading
    let around: Neighbourhood
    /// Stems of the tool's and its arguments' names, which tell no value from another.
    let known: Set<String>

    private var language: QuestionLanguage { reading.language }
    private var stem: Stem { reading.language.stem }

    struct Named {
        var value: JSONValue
        var range: Range<Int>
        /// The part of the value's words that are said.
        var part: Double
    }

    /// The values that the question names, in the order in which it does.
    ///
    /// - Parameter isWhole: whether all of a value's words must be said.
    func named(_ values: [JSONValue], isWhole: Bool = false) -> [Named] {
        var found: [Named] = []
        for value in values {
            let name = value.string ?? value.text
            if let one = best(name), one.part == 1 || !isWhole || isTelling(one.range, of: value, among: values),
                !isInName(one.range, name)
            {
                found.append(Named(value: value, range: one.range, part: one.part))
            }
        }
        // "New York" and not also "York"; the value that is said more fully wins the same words.
        found = found.filter { one in
            !found.contains { other in
                other.value != one.value && other.range.overlaps(one.range)
                    && (other.range.count > one.range.count
                        || other.range.count == one.range.count && other.part > one.part)
            }
        }
        // "all" of "all openai servers" says less than "openai".
        let telling = found.filter { one in
            reading.text.words[reading.text.words(in: one.range)].contains { language.common.isContent($0.lower) }
        }
        return (telling.isEmpty ? found : telling).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// Whether a word that is said belongs to this value alone: "backstage" to "Backstage Pass".
    private func isTelling(_ range: Range<Int>, of value: JSONValue, among values: [JSONValue]) -> Bool {
        let own = Set(stem.all(in: value.string ?? ""))
        let others = Set(values.filter { $0 != value }.flatMap { stem.all(in: $0.string ?? "") })
        return stem.all(in: reading.text.text(range)).contains {
            $0.count > 4 && own.contains($0) && !others.contains($0) && !known.contains($0)
        }
    }

    /// "history" is not said by "Natural History Museum".
    private func isInName(_ range: Range<Int>, _ name: String) -> Bool {
        guard name.first?.isUppercase == false, reading.text.characters[range.lowerBound].isUppercase else {
            return false
        }
        return reading.spans.contains {
            $0.kind == .name && $0.isWhole && $0.range.count > range.count && $0.range.lowerBound <= range.lowerBound
                && $0.range.upperBound >= range.upperBound
        }
    }

    /// Where a name is said, whole or in its rarer words.
    private func best(_ name: String) -> (range: Range<Int>, part: Double)? {
        let words = reading.text.words
        if name.count == 1 || name == name.uppercased(), name.count <= 3 {
            // A letter or a symbol only as it is written.
            let found = words.first {
                $0.text == name && ($0.text.count > 1 || !isWord($0.text)) && !($0.opens && isWord($0.lower))
            }
            return found.map { ($0.range, 1) }
        }
        let wanted = stem.all(in: name).filter { !$0.isEmpty }
        guard !wanted.isEmpty else { return nil }
        let spoken = words.map { stem.all(in: $0.text) }
        var best: (range: Range<Int>, part: Double)?
        for start in words.indices {
            var matched: Set<Int> = []
            var end = start
            for index in start..<min(words.count, start + wanted.count + 2) {
                for (place, stem) in wanted.enumerated() where !matched.contains(place) {
                    if spoken[index].contains(where: { Stem.areAlike($0, stem) }) {
                        matched.insert(place)
                        end = index
                        break
                    }
                }
            }
            let part = Double(matched.count) / Double(wanted.count)
            guard spoken[start].contains(where: { spoken in wanted.contains { Stem.areAlike(spoken, $0) } }) else {
                continue
            }
            if part > (best?.part ?? 0) { best = (words[start].range.lowerBound..<words[end].range.upperBound, part) }
        }
        guard let best, best.part >= (wanted.count > 2 ? 0.6 : wanted.count > 1 ? 0.5 : 1) else { return nil }
        if best.part < 1 {
            // One word of two counts where it says something.
            let said = reading.text.words(in: best.range).map { words[$0].lower }
            guard said.allSatisfy(language.common.isContent), said.contains(where: { $0.count > 3 }) else { return nil }
        }
        return best
    }

    /// Whether a letter is a word of its own: an article, or what a person calls himself.
    private func isWord(_ letter: String) -> Bool {
        language.words.names.oneself.contains(letter) || language.words.descriptions.articles.contains(letter)
    }

    func candidates(for slot: Slot, values: [JSONValue]) -> [Candidate] {
        if let aliases = ChoiceAliases(slot.schema, in: language) {
            let signed = reading.quantities.filter(\.isBySign).compactMap { quantity in
                quantity.unit.flatMap { aliases.choice(named: $0.name) }.map { ($0, quantity.range) }
            }
            return (aliases.find(in: reading.text.words) + signed).map { choice, range in
                Candidate(
                    value: .string(choice), range: range, score: 1.7 + 0.4 * min(1, around.fit(of: slot, at: range)))
            }
        }
        if slot.notes.part != nil {
            let parts = NumberFilling(reading: reading, around: around).dateParts(for: slot)
                .filter { values.contains($0.value) }
            if !parts.isEmpty { return parts }
        }
        let countries = Set(values.compactMap(\.string))
        if countries.count > 2, countries.allSatisfy({ language.regions.isCode($0) }) {
            let named = CountryNames(reading: reading).candidates(for: slot)
                .filter { countries.contains($0.value.string ?? "") }
            if !named.isEmpty { return named }
        }
        let words = slot.notes
        let said = named(values, isWhole: !slot.isRequired)
        let runs = reading.runs(of: said.map(\.range))
        return said.map { one in
            // A value that is a word of the slot's own name says little by being said.
            let isOwn = stem.all(in: one.value.string ?? "").allSatisfy { words.nameStems.contains($0) }
            let isExact = one.value.string?.lowercased() == reading.text.text(one.range).lowercased()
            let fit = 0.4 * min(1, around.fit(of: slot, at: one.range))
            return Candidate(
                value: one.value, range: one.range,
                score: 0.5 + one.part * 1.2 - (isOwn ? 0.5 : 0) + fit + (isExact ? 0.2 : 0),
                companions: said.filter { other in
                    other.range != one.range
                        && runs.contains { $0.contains(one.range) && $0.contains(other.range) }
                }.map { Candidate.Companion(value: $0.value, range: $0.range) })
        }
    }

    /// All that are named, as one list.
    func lists(for slot: Slot, values: [JSONValue]) -> [Candidate] {
        let found = named(values, isWhole: !slot.isRequired)
        guard let first = found.first, let last = found.last else { return [] }
        return [
            Candidate(
                value: .array(found.map(\.value)),
                range: first.range.lowerBound..<max(last.range.upperBound, first.range.upperBound),
                score: 0.5 + 1.2 * (found.map(\.part).max() ?? 0))
        ]
    }
}
