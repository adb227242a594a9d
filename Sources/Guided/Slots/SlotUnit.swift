import Core
import Languages
import Understanding

/// Finds the unit that a slot's value is to be in.
struct SlotUnit {
    let language: QuestionLanguage

    /// Symbols of one letter that are no word behind `in`: not the ampere of "in a".
    private static let singleLetters = Set("mgKCFVAHTNWJ%$")

    func unit(of name: String, words: [String], description: String) -> MeasuredUnit? {
        let (units, patterns) = (language.units, language.descriptions)
        // "weight_kg", "duration_in_hours".
        if words.count > 1, let last = words.last, let unit = units.named(last),
            last.count > 1 || !Set(patterns.terms.in).isDisjoint(with: words)
        {
            if unit.dimension != .time || language.isPlural(last) { return unit }
        }
        if let match = patterns.measuredIn.firstMatch(in: description), match[1] != nil,
            let unit = leading(String(match.text(2)))
        {
            return unit
        }
        for match in patterns.unitPlace.matches(in: description) {
            if let unit = leading(String(match.text(1))), !patterns.terms.articles.contains(String(match.text(1))) {
                return unit
            }
        }
        if words.count == 1 || patterns.terms.numberNames.contains(words.first ?? ""), let last = words.last,
            language.isPlural(last), let unit = units.named(last), unit.dimension == .time
        {
            return unit
        }
        if let match = patterns.numberOf.firstMatch(in: description.lowercased()),
            let unit = units.named(String(match.text(1))) ?? match[2].flatMap({ units.named(String($0)) }),
            unit.dimension == .time
        {
            return unit
        }
        return nil
    }

    /// The longest unit that a text begins with.
    private func leading(_ text: String) -> MeasuredUnit? {
        let words = text.split(separator: " ").map(String.init)
        for count in stride(from: min(language.units.mostWords, words.count), through: 1, by: -1) {
            let spelling = words.prefix(count).joined(separator: " ")
            if spelling.count == 1, let letter = spelling.first, !Self.singleLetters.contains(letter) { continue }
            if let unit = language.units.named(spelling) { return unit }
        }
        return nil
    }
}
