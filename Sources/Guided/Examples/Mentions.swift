package import Core
import Foundation
import Languages
package import Understanding

/// What a question mentions that can become an argument: numbers, dates and words. A small model makes values up;
/// arguments are therefore taken from what was said.
package struct Mentions: Sendable, Hashable {
    /// Numbers in the order they stand with all their digits, dates' left out; words for numbers count.
    package var numbers: [JSONValue] = []
    /// Dates as `YYYY-MM-DD`, in the order they stand, words like "tomorrow" resolved.
    package var dates: [String] = []
    /// Times of day as they were written, in the order they stand.
    package var times: [String] = []
    /// The words, each with what follows it up to the next.
    package var words: [Word] = []
    /// Whether the question looks back or below ("ago", "before", "minus").
    package var isBackward = false
    /// Runs of words with a capital, the first words of sentences aside.
    private(set) var names: Set<String> = []

    package struct Word: Sendable, Hashable {
        /// Without punctuation around it.
        package var text: String
        /// Punctuation and space between it and the next word.
        package var gap: String
    }

    /// - Parameters:
    ///   - today: as `YYYY-MM-DD`; relative dates count from it.
    package init(in text: String, today: String, language: QuestionLanguage = .english) {
        var rest = text
        dates = language.dates.extract(from: &rest, today: today)
        times = language.times.find(in: rest).map(\.text)
        for time in times { rest = rest.replacing(time, with: " ") }
        numbers = Self.numbers(in: rest, language)
        words = Self.words(in: text, language)
        let terms = language.words
        isBackward = words.contains { terms.numbers.backward.contains($0.text.lowercased()) }
        names = Self.names(in: words, oneself: terms.names.oneself)
    }

    // Not the digits of a word ("B12") or of a time of day.
    private static let number = TextPattern(
        #"(?:^|[^A-Za-z0-9:.])([-−]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\d|[:.]\d)"#)
    private static let numberWord = TextPattern(#"\p{L}+(?:-\p{L}+)?"#)
    private static let word = TextPattern(#"[\p{L}\p{N}°][\p{L}\p{N}°'’./:+_@-]*"#)
    private static let wordEnd = TextPattern(#"[.'’:/-]*$"#)

    /// A number as it is written, in digits or as a word; nil where it is none.
    static func value(of text: String, isNegative: Bool = false, _ language: QuestionLanguage) -> JSONValue? {
        if text.first?.isNumber == true {
            Figure.json(text.replacing(",", with: ""), isNegative: isNegative)
        } else {
            language.numbers.value(of: text.lowercased()).map(NumberFilling.json)
        }
    }

    private static func numbers(in text: String, _ language: QuestionLanguage) -> [JSONValue] {
        var found: [(String.Index, JSONValue)] = []
        for match in number.matches(in: text) {
            guard let value = Self.value(of: String(match.text(2)), isNegative: !match.text(1).isEmpty, language)
            else {
                continue
            }
            found.append((match.range.lowerBound, value))
        }
        for match in numberWord.matches(in: text) {
            if let value = Self.value(of: String(match.text), language) {
                found.append((match.range.lowerBound, value))
            }
        }
        return found.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private static func names(in words: [Word], oneself: Set<String>) -> Set<String> {
        var names: Set<String> = []
        var run: [String] = []
        for (index, word) in words.enumerated() {
            let begins = index == 0 || words[index - 1].gap.contains { ".!?".contains($0) }
            if !begins, word.text.first?.isUppercase == true, !oneself.contains(word.text.lowercased()) {
                run.append(word.text)
            }
            let goesOn =
                index + 1 < words.count && word.gap == " " && words[index + 1].text.first?.isUppercase == true
            if !goesOn, !run.isEmpty {
                names.insert(run.joined(separator: " "))
                run = []
            }
        }
        return names
    }

    private static func words(in text: String, _ language: QuestionLanguage) -> [Word] {
        var words: [Word] = []
        var index = text.startIndex
        for match in word.matches(in: text) {
            var core = wordEnd.replacing(in: match.text, with: "")
            if let mark = language.possessive(of: core) { core.removeLast(mark.count) }
            if !words.isEmpty { words[words.count - 1].gap = String(text[index..<match.range.lowerBound]) }
            words.append(Word(text: core, gap: ""))
            index = text.index(match.range.lowerBound, offsetBy: core.count)
        }
        return words
    }
}
