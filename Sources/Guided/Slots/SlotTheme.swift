import Languages
import Understanding

/// Finds what a slot is for, by its name and description.
struct SlotTheme {
    let rules: ThemeWords
    /// Of the name.
    let words: [String]
    /// In lower case.
    let description: String

    func theme(of kind: Slot.Kind, format: String?) -> Slot.Theme? {
        switch kind {
        case .number, .numbers:
            if isYear { return .year }
            if holds(rules.rate) { return .rate }
            if holds(rules.money) { return .money }
            return holds(rules.count) ? .count : nil
        case .flag, .choice, .choices, .other: return nil
        case .text, .texts:
            if holds(rules.credential) { return .credential }
            if format == "date" { return .date }
            if holds(rules.date) { return .date }
            if format == "time" { return .time }
            let themes: [([ThemeRule], Slot.Theme)] = [
                (rules.time, .time), (rules.unit, .unit), (rules.currency, .currency), (rules.language, .language),
                (rules.query, .query), (rules.message, .message), (rules.formula, .formula),
                (rules.identifier, .identifier),
                (rules.organisation, .organisation), (rules.place, .place), (rules.person, .person),
                (rules.year, .year), (rules.title, .title),
            ]
            return themes.first { holds($0.0) }?.1
        }
    }

    private func holds(_ rules: [ThemeRule]) -> Bool {
        let names = Set(words)
        let name = words.joined(separator: " ")
        return rules.contains { rule in
            names.isDisjoint(with: rule.unless)
                && (!names.isDisjoint(with: rule.names)
                    || rule.descriptions.contains { description.contains($0) || name.contains($0) }
                    || rule.openings.contains(where: description.hasPrefix))
        }
    }

    /// Of a number the name's last word must say it: `release_year`, but not `year_count`.
    private var isYear: Bool {
        guard let last = words.last(where: { !$0.allSatisfy(\.isNumber) }) else { return false }
        return rules.year.contains { $0.names.contains(last) && Set(words).isDisjoint(with: $0.unless) }
    }
}
