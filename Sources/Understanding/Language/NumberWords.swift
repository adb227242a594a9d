package import Core
import Languages

/// Words for numbers, as far as people write them in questions.
package struct NumberWords: Sendable {
    /// Those that are numbers wherever they stand.
    private let values: [String: Double]
    /// Those that are numbers where one is likely.
    private let likely: [String: Double]
    package let ordinalEndings: Set<String>
    package let zero: String
    /// Numbers with operators between them. What may be something else stands between spaces: "10-12" and "24/7" are no
    /// calculations.
    package let calculation: TextPattern
    let terms: NumberTerms

    init(_ terms: NumberTerms, _ platform: PlatformWords) {
        self.terms = terms
        let spelled = platform.numbers.merging(terms.values) { _, own in own }
        values = spelled.filter { !terms.seldom.contains($0.key) }
        likely = spelled.merging(terms.likely) { _, own in own }
        ordinalEndings = Set(platform.ordinalEndings)
        zero = platform.numbers.first { $0.value == 0 }?.key ?? "0"
        let number = #"\(*\d+(?:[.,]\d+)*%?\)*"#
        let sign = #"(?:\s*[+*×÷^]\s*|\s+[-−/x]\s+)"#
        let named = #"(?:\s+"# + TextPattern.any(of: terms.operators) + #"\s+)"#
        let share = #"\s*"# + TextPattern.any(of: terms.shares) + #"\s+"#
        calculation = TextPattern(
            words: number + "(?:(?:" + sign + "|" + named + "|" + share + ")" + number + ")+")
    }

    /// The value of "seven" or "twenty-five"; nil for any other word ("one" is more often a pronoun).
    package func value(of word: String) -> Double? { values[word] }

    /// The same where a number is likely: also of "one" and "twice".
    package func likelyValue(of word: String) -> Double? { likely[word] }
}
