import Core

/// How a description asks for dates to be written.
struct DateForm {
    private enum Part { case year, month, day }
    private let parts: [Part]
    private let separator: String

    private static let letters = TextPattern(#"(yyyy|mm|dd)([-/. ])(yyyy|mm|dd)[-/. ](yyyy|yyy|mm|dd)"#)
    private static let words = TextPattern(#"(year|month|day)([-/])(year|month|day)[-/](year|month|day)"#)

    /// - Parameter description: what names no form leaves `YYYY-MM-DD`.
    init(description: String) {
        let lower = description.lowercased()
        if let match = Self.letters.firstMatch(in: lower) {
            parts = [1, 3, 4].map(match.text).map { $0.hasPrefix("y") ? .year : $0 == "mm" ? .month : .day }
            separator = String(match.text(2))
        } else if let match = Self.words.firstMatch(in: lower) {
            parts = [1, 3, 4].map(match.text).map { $0 == "year" ? .year : $0 == "month" ? .month : .day }
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
