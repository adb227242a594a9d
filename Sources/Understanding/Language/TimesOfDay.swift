import Core
import Foundation
import Languages

/// Finds times of day: `3 pm`, `9:30 am`, `14:00`, `noon`, `midnight`.
package struct TimesOfDay: Sendable {
    private let pattern: TextPattern
    private let alone: TextPattern
    private let parts: TextPattern
    private let named: [String: Int]

    init(_ terms: TimeTerms) {
        // "am", "a.m." and "a.m".
        func dotted(_ half: String) -> String {
            half.map { TextPattern.literal(String($0)) }.joined(separator: #"\.?"#)
        }
        let halves = terms.forenoon + terms.afternoon
        let any = TextPattern.either(halves.map(dotted))
        let afterHour =
            halves.map { TextPattern.literal($0) + #"\b"# }
            + halves.map { $0.map { TextPattern.literal(String($0)) + #"\."# }.joined() }
            + terms.clock.map(TextPattern.literal)
        let forms =
            [
                #"\d{1,2}:\d{2}(?::\d{2})?\s*(?:"# + any + #"\b\.?)?"#,
                #"\d{1,2}\s*"# + TextPattern.either(afterHour),
            ] + terms.named.keys.sorted().map { TextPattern.literal($0) + #"\b"# }
        pattern = TextPattern(words: #"(?i)\b"# + TextPattern.either(forms))
        alone = TextPattern(words: #"(?i)^\d{1,2}:?\d{0,2}"# + any + "$")
        let early = TextPattern.either(terms.forenoon.map(dotted))
        let late = TextPattern.either(terms.afternoon.map(dotted))
        parts = TextPattern(
            words: #"(?i)(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*(?:("# + early + ")|(" + late + "))?")
        named = terms.named
    }

    /// The times of a text, without space around them.
    package func find(in text: some StringProtocol) -> [(range: Range<String.Index>, text: String)] {
        pattern.matches(in: text).map { ($0.range, $0.text.trimmingCharacters(in: .whitespaces)) }
    }

    /// Whether a word is a time of day: "9am".
    package func isTime(_ word: String) -> Bool { alone.isFound(in: word) }

    /// Hour and minute of a time, and whether it says that it is after noon; nil where it is none.
    package func parts(of time: String) -> (hour: Int, minute: Int?, isLate: Bool)? {
        if let hour = named[time.lowercased()] { return (hour, nil, false) }
        guard let match = parts.firstMatch(in: time), let hour = Int(match.text(1)) else { return nil }
        // The day begins at twelve in the night.
        let isNight = hour == 12 && match[3] != nil
        return (isNight ? 0 : hour, match[2].flatMap { Int($0) }, match[4] != nil)
    }
}
