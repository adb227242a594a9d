import Core
import Foundation
import Languages
import Understanding

/// Everything in a question that can become an argument.
struct QuestionReading: Sendable {
    let text: Utterance
    let literals: [Literal]
    let quantities: [Quantity]
    /// Dates as `YYYY-MM-DD`.
    let dates: [(range: Range<Int>, date: String)]
    /// Months of a year as their first and last days.
    let periods: [(range: Range<Int>, first: String, last: String)]
    let spans: [Span]
    let coordinates: [Coordinates]
    /// Spans that are enumerated.
    let listed: [[Span]]

    /// Weekdays that stand without a word that says which, as the next such days.
    let weekdays: [(range: Range<Int>, date: String)]

    var language: QuestionLanguage { text.language }

    /// Characters that are read: what is longer is a text that something is asked about, and nothing is taken from its rest.
    private static let most = 4000

    init(_ question: String, today: String, in language: QuestionLanguage) {
        let question = question.utf8.count > Self.most ? String(question.prefix(Self.most)) : question
        let text = Utterance(question, in: language)
        self.text = text
        let reader = SpanReader(text: text)
        coordinates = Coordinates.all(in: text)
        let quoted = reader.quoted()
        let literals = Literal.all(in: text)
        self.literals = literals
        let dates = language.dates.find(in: question, today: today).map {
            (range: Self.places($0.range, in: question), date: $0.date)
        }
        self.dates = dates
        periods = language.dates.months(in: question).map {
            (range: Self.places($0.range, in: question), first: $0.first, last: $0.last)
        }.filter { period in !dates.contains { $0.range.overlaps(period.range) } }
        weekdays = Self.weekdays(in: text, today: today, beside: dates.map(\.range))
        let times = language.times.find(in: question).map { time in
            let start = question.distance(from: question.startIndex, to: time.range.lowerBound)
            return Span(text: time.text, range: start..<(start + time.text.count), kind: .time)
        }
        let formulas = reader.formulas()
        let codes = reader.codes().filter { code in
            !formulas.contains { $0.range.overlaps(code.range) } && !dates.contains { $0.range.overlaps(code.range) }
                && !quoted.contains { $0.range.overlaps(code.range) }
                && !times.contains { $0.range.overlaps(code.range) }
        }
        let fixed = quoted.map(\.range) + dates.map(\.range) + times.map(\.range) + formulas.map(\.range)
        let addresses = reader.addresses()
        let all = QuantityReader.quantities(in: text, taken: fixed + codes.map(\.range) + addresses.map(\.range))
        let phraser = PhraseReader(
            text: text, taken: quoted.map(\.range) + formulas.map(\.range) + dates.map(\.range))
        let dateSpans = dates.map { Span(text: text.text($0.range), range: $0.range, kind: .date) }
        let names = phraser.names() + addresses
        let phrases = phraser.phrases().filter { phrase in !names.contains { $0.range == phrase.range } }
        let listed = Self.listed(quoted + codes + names + phrases, in: text)
        self.listed = listed
        let runs =
            Self.runs(of: all.filter { !$0.isOrdinal }.map(\.range), in: text)
            + Self.runs(of: literals.map(\.range), in: text)
        let quantities = QuantityReader.meant(all, listed: runs + listed.map { $0.map(\.range) }, in: text)
        self.quantities = quantities
        let figures = quantities.filter(\.isFigure).map {
            Span(text: text.text($0.range), range: $0.range, kind: .figure)
        }
        let calculations = reader.calculations().filter { one in
            !(fixed + codes.map(\.range)).contains { $0.overlaps(one.range) }
        }
        spans =
            quoted + reader.clauses() + codes + formulas + calculations + dateSpans + times + names + phrases + figures
    }

    private static func weekdays(
        in text: Utterance, today: String, beside dates: [Range<Int>]
    ) -> [(range: Range<Int>, date: String)] {
        let words = text.language.words
        // "Is it a Friday?" asks for the weekday.
        let naming = words.descriptions.articles + words.sentences.pronouns
        return text.words.indices.compactMap { index in
            let word = text.words[index]
            guard !dates.contains(where: { $0.overlaps(word.range) }),
                index == 0 || !naming.contains(text.words[index - 1].lower),
                let date = text.language.dates.next(weekday: word.lower, after: today)
            else { return nil }
            return (word.range, date)
        }
    }

    private static func places(_ range: Range<String.Index>, in text: String) -> Range<Int> {
        let start = text.distance(from: text.startIndex, to: range.lowerBound)
        return start..<(start + text.distance(from: range.lowerBound, to: range.upperBound))
    }

    /// What is enumerated: ranges that stand one after another with nothing but commas, "and" or "or" between.
    func runs(of ranges: [Range<Int>]) -> [[Range<Int>]] {
        Self.runs(of: ranges, in: text)
    }

    private static func runs(of ranges: [Range<Int>], in text: Utterance) -> [[Range<Int>]] {
        var runs: [[Range<Int>]] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = runs.last?.last, range.lowerBound >= last.upperBound,
                text.language.enumerations.isListing(gap(last, range, in: text))
            {
                runs[runs.count - 1].append(range)
            } else {
                runs.append([range])
            }
        }
        return runs
    }

    /// What stands between two values, without a word that is counted twice: "5 units, 4 units".
    private static func gap(_ one: Range<Int>, _ other: Range<Int>, in text: Utterance) -> String {
        let between = text.text(one.upperBound..<other.lowerBound)
        let after = text.words(in: other).upperBound
        guard after < text.words.count, text.words[after].gap.allSatisfy({ $0 == " " }) else { return between }
        let counted = text.words[after].text
        return between.hasPrefix(" \(counted)") ? String(between.dropFirst(counted.count + 1)) : between
    }

    /// Whole spans with nothing but a comma, "and" or "or" between them.
    private static func listed(_ spans: [Span], in text: Utterance) -> [[Span]] {
        let whole = spans.filter { $0.isWhole && !($0.kind == .name && $0.text.contains(", ")) }
        var runs: [[Span]] = []
        for span in whole.sorted(by: { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }
        ) {
            if let last = runs.last?.last, last.range.overlaps(span.range) { continue }
            if let last = runs.last?.last, span.range.lowerBound >= last.range.upperBound,
                text.language.enumerations.isListing(text.text(last.range.upperBound..<span.range.lowerBound))
            {
                runs[runs.count - 1].append(span)
            } else {
                runs.append([span])
            }
        }
        // "Los Angeles, California" is one place; an enumeration is longer or has an "and".
        return runs.filter { run in
            run.count > 2
                || run.count == 2
                    && text.text(run[0].range.upperBound..<run[1].range.lowerBound).contains {
                        $0.isLetter || $0 == "&"
                    }
        }
    }

    /// Whether what stands at a place is a name, a code or a quotation.
    func isNamed(_ place: Range<Int>?) -> Bool {
        spans.contains { $0.range == place && [.name, .code, .quoted].contains($0.kind) }
    }

    /// Whether what stands at a place names nothing: it is neither a name nor a figure, a date, a code or a quotation.
    func isCommon(_ place: Range<Int>?) -> Bool {
        guard let place else { return false }
        let kinds = spans.filter { $0.range == place }.map(\.kind)
        return !kinds.isEmpty && kinds.allSatisfy { $0 == .phrase }
    }
}
