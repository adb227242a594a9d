import Core
import Languages
import Understanding

/// How the answer to a question is written, where the question's words say: an amount of money, a date.
///
/// It is finer than `AnswerKind`: "how much does it cost" is not answered by "2 bowls".
enum AnswerForm: Sendable, Hashable {
    case money
    case digits
    case span
    case clock
    case date

    /// Nil where the question's words do not say.
    ///
    /// - Parameter words: the question's, in lower case.
    init?(of words: [String], in language: QuestionLanguage) {
        let forms = language.words.questions.answers.forms
        // "When's" asks as "when" does.
        let words = words.map { word in language.possessive(of: word).map { String(word.dropLast($0.count)) } ?? word }
        func says(_ phrases: [String]) -> Bool {
            phrases.contains { phrase in
                let parts = phrase.split(separator: " ").map(String.init)
                return words.indices.contains { words[$0...].starts(with: parts) }
            }
        }
        if says(forms.money), says(forms.quantity) {
            self = .money
        } else if says(forms.digits) {
            self = .digits
        } else if says(forms.span) {
            self = .span
        } else if says(forms.clock) {
            self = .clock
        } else if says(forms.date) {
            self = .date
        } else {
            return nil
        }
    }

    private static let manyDigits = TextPattern(#"\+?\d[\d /-]{6,}\d"#)
    private static let dottedTime = TextPattern(#"\b\d{1,2}[.:]\d{2}\b"#)
    private static let writtenDate = TextPattern(#"\b\d{1,2}/\d{1,2}\b|\b\d{4}-\d{2}\b|\b(?:19|20)\d{2}\b"#)

    /// Whether a text has something of this form.
    func isIn(_ text: String, in language: QuestionLanguage) -> Bool {
        switch self {
        case .money: return Self.hasMoney(text, language)
        case .digits: return Self.manyDigits.isFound(in: text)
        case .span: return Self.hasSpan(text, language)
        case .clock: return Self.dottedTime.isFound(in: text) || !language.times.find(in: text).isEmpty
        case .date: return Self.hasDate(text, language)
        }
    }

    private static func hasMoney(_ text: String, _ language: QuestionLanguage) -> Bool {
        let words = self.words(text)
        let marks = language.words.questions.answers.forms.moneyMarks
        return words.indices.contains { index in
            let word = words[index]
            guard let first = word.first(where: { $0.isNumber || $0.isCurrencySymbol }) else { return false }
            // "£5", "5 €", "5 euro", "5kr"
            if word.contains(where: \.isCurrencySymbol) { return word.contains(where: \.isNumber) || index > 0 }
            guard first.isNumber else { return false }
            let next =
                word.last?.isLetter == true ? String(word.drop { !$0.isLetter }) : words[index...].dropFirst().first
            return next.map { marks.contains($0.lowercased()) || language.currencies.code($0) != nil } ?? false
        }
    }

    /// A number with a unit of time after it, at most one word between: "3 working days".
    private static func hasSpan(_ text: String, _ language: QuestionLanguage) -> Bool {
        let words = self.words(text)
        func isTime(_ word: String) -> Bool { language.units.named(word)?.dimension == .time }
        return words.indices.contains { index in
            let word = words[index]
            guard word.contains(where: \.isNumber) || language.numbers.likelyValue(of: word.lowercased()) != nil else {
                return false
            }
            if word.last?.isLetter == true, isTime(String(word.drop { !$0.isLetter })) { return true }
            return words[index...].dropFirst().prefix(2).contains(where: isTime)
        }
    }

    private static func hasDate(_ text: String, _ language: QuestionLanguage) -> Bool {
        // Which day "tomorrow" is does not matter here.
        if writtenDate.isFound(in: text) || !language.dates.find(in: text, today: "2000-01-01").isEmpty { return true }
        let plurals = language.words.forms.plurals.endings
        return words(text).contains { word in
            let lower = word.lowercased()
            let single = plurals.first(where: lower.hasSuffix).map { String(lower.dropLast($0.count)) } ?? lower
            return language.dates.monthNames.contains(lower) || language.dates.weekdayNames.contains(lower)
                || language.dates.weekdayNames.contains(single)
        }
    }

    /// Words, and figures with the sign of a currency.
    private static func words(_ text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber && !$0.isCurrencySymbol && $0 != "." }.map { word in
            var word = word
            while word.last == "." { word = word.dropLast() }
            return String(word)
        }.filter { !$0.isEmpty }
    }
}
