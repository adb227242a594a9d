import Core
import Languages
import Understanding

/// How a description asks for dates to be written.
struct DateForm {
    private enum Part { case year, month, day }
    private let parts: [Part]
    private let separator: String

    /// - Parameter description: what names no form leaves `YYYY-MM-DD`.
    init(description: String, _ terms: SlotTerms) {
        let forms = terms.words.dateForms
        let lower = description.lowercased()
        if let match = terms.dateLetters.firstMatch(in: lower) ?? terms.dateWords.firstMatch(in: lower) {
            parts = [1, 3, 4].map { String(match.text($0)) }.map { part -> Part in
                if (forms.yearLetters + forms.year).contains(part) { return .year }
                return (forms.monthLetters + forms.month).contains(part) ? .month : .day
            }
            separator = String(match.text(2))
        } else {
            parts = [.year, .month, .day]
            separator = "-"
        }
    }

    /// - Parameter date: `YYYY-MM-DD`.
    func text(_ date: String) -> String {
        let numbers = date.split(separator: "-")
        guard numbers.count == 3 else { return date }
        return parts.map { part in
            switch part {
            case .year: numbers[0]
            case .month: numbers[1]
            case .day: numbers[2]
            }
        }.joined(separator: separator)
    }
}
