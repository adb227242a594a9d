package import Core
import Foundation

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

    package struct Word: Sendable, Hashable {
        /// Without punctuation around it.
        package var text: String
        /// Punctuation and space between it and the next word.
        package var gap: String
    }

    /// - Parameters:
    ///   - today: as `YYYY-MM-DD`; relative dates count from it.
    package init(in text: String, today: String) {
        var rest = text
        dates = DateMentions.extract(from: &rest, today: today)
        times = Self.times(in: rest)
        for time in times { rest = rest.replacing(time, with: " ") }
        numbers = Self.numbers(in: rest)
        words = Self.words(in: text)
        let backward: Set = ["ago", "before", "earlier", "prior", "minus", "subtract", "back", "below"]
        isBackward = words.contains { backward.contains($0.text.lowercased()) }
    }

    /// `3 pm`, `9:30 am`, `14:00`, `noon`, `midnight`.
    static func times(in text: String) -> [String] {
        timeOfDay.matches(in: text).map { $0.text.trimmingCharacters(in: .whitespaces) }
    }

    private static let timeOfDay = TextPattern(
        #"(?i)\b(?:\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*(?:[ap]m\b|[ap]\.m\.|o['’]clock)|noon|midnight)"#
    )
    // Not the digits of a word ("B12") or of a time of day.
    private static let number = TextPattern(
        #"(?:^|[^A-Za-z0-9:.])([-−]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\d|[:.]\d)"#)
    private static let numberWord = TextPattern("[A-Za-z]+(?:-[A-Za-z]+)?")
    private static let word = TextPattern(#"[\p{L}\p{N}°][\p{L}\p{N}°'’./:+_@-]*"#)
    private static let wordEnd = TextPattern(#"(?:['’]s)?[.'’:/-]*$"#)

    /// A number as it is written, in digits or as a word; nil where it is none.
    static func value(of text: String, isNegative: Bool = false) -> JSONValue? {
        if text.first?.isNumber == true {
            Figure.json(text.replacing(",", with: ""), isNegative: isNegative)
        } else {
            NumberWords.value(of: text.lowercased()).map(NumberFilling.json)
        }
    }

    private static func numbers(in text: String) -> [JSONValue] {
        var found: [(String.Index, JSONValue)] = []
        for match in number.matches(in: text) {
            guard let value = Self.value(of: String(match.text(2)), isNegative: !match.text(1).isEmpty) else {
                continue
            }
            found.append((match.range.lowerBound, value))
        }
        for match in numberWord.matches(in: text) {
            if let value = Self.value(of: String(match.text)) { found.append((match.range.lowerBound, value)) }
        }
        return found.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// Runs of words with a capital, the first words of sentences aside.
    var names: Set<String> {
        var names: Set<String> = []
        var run: [String] = []
        for (index, word) in words.enumerated() {
            let begins = index == 0 || words[index - 1].gap.contains { ".!?".contains($0) }
            if !begins, word.text.first?.isUppercase == true, word.text != "I" { run.append(word.text) }
            let goesOn =
                index + 1 < words.count && word.gap == " " && words[index + 1].text.first?.isUppercase == true
            if !goesOn, !run.isEmpty {
                names.insert(run.joined(separator: " "))
                run = []
            }
        }
        return names
    }

    private static func words(in text: String) -> [Word] {
        var words: [Word] = []
        var index = text.startIndex
        for match in word.matches(in: text) {
            let core = wordEnd.replacing(in: match.text, with: "")
            if !words.isEmpty { words[words.count - 1].gap = String(text[index..<match.range.lowerBound]) }
            words.append(Word(text: core, gap: ""))
            index = text.index(match.range.lowerBound, offsetBy: core.count)
        }
        return words
    }
}

/// English words for numbers, as far as people write them in questions.
enum NumberWords {
    private static let values: [String: Double] = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11,
        "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
        "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12, "half": 0.5,
    ]

    /// The value of "seven" or "twenty-five"; nil for any other word ("one" is more often a pronoun).
    static func value(of word: String) -> Double? {
        if let value = values[word] { return value }
        let parts = word.split(separator: "-")
        guard parts.count == 2, let tens = values[String(parts[0])], (20...90).contains(tens) else { return nil }
        if parts[1] == "one" { return tens + 1 }
        guard let ones = values[String(parts[1])], ones < 10 else { return nil }
        return tens + ones
    }
}
