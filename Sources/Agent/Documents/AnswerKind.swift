import Languages
import Understanding

/// Of which kind the answer to a question is, and whether a text has one of that kind.
enum AnswerKind: Sendable, Hashable {
    case number
    case time
    case person
    case place

    /// Nil where the question's words do not say.
    ///
    /// - Parameter words: the question's, in lower case.
    init?(of words: [String], in language: QuestionLanguage) {
        let answers = language.words.questions.answers
        // What is asked first says most: "when does the person who …".
        let kinds: [(AnswerKind, [String])] = [
            (.number, answers.number), (.time, answers.time), (.person, answers.person), (.place, answers.place),
        ]
        let found = kinds.flatMap { kind, phrases in
            phrases.compactMap { phrase -> (place: Int, length: Int, kind: AnswerKind)? in
                let parts = phrase.split(separator: " ").map(String.init)
                let place = words.indices.first { words[$0...].starts(with: parts) }
                return place.map { ($0, parts.count, kind) }
            }
        }
        guard let best = found.min(by: { ($0.place, -$0.length) < ($1.place, -$1.length) }) else { return nil }
        self = best.kind
    }

    /// Whether a text says something of this kind that the question does not say.
    func isIn(_ text: String, unlike question: Set<String>, in language: QuestionLanguage) -> Bool {
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "'" }
        switch self {
        case .number, .time:
            return words.contains { $0.contains(where: \.isNumber) && !question.contains($0.lowercased()) }
                || self == .time
                    && words.contains {
                        (language.dates.monthNames.contains($0.lowercased())
                            || language.dates.weekdayNames.contains($0.lowercased()))
                    }
                || self == .number && words.contains { language.numbers.value(of: $0.lowercased()) != nil }
        case .person, .place:
            // Names have capitals, also where a sentence begins.
            return words.contains {
                $0.first?.isUppercase == true && !question.contains($0.lowercased())
                    && language.common.isContent($0.lowercased())
            }
        }
    }
}
