import Core
import Languages

/// Words that say which value fills which parameter, as stems where they are compared with stems.
struct SlotTerms: Sendable {
    let words: SlotWords
    let idle: Set<String>
    let denyingNames: Set<String>
    let intervals: Set<String>
    let orders: Set<String>
    let hours: Set<String>
    let minutes: Set<String>
    let days: Set<String>
    let months: Set<String>
    let dimensions: [String: Set<Unit.Dimension>]
    /// What stands between the two numbers of an interval.
    let intervalLink: TextPattern
    /// A place with the state it is in.
    let withState: TextPattern
    /// The form of a date, by letters and by words; groups 1, 3 and 4 are its parts, and 2 what stands between.
    let dateLetters: TextPattern
    let dateWords: TextPattern

    init(_ words: SlotWords, _ stem: Stem) {
        self.words = words
        func stems(_ list: Set<String>) -> Set<String> { Set(list.map(stem.of)) }
        idle = stems(words.flags.idle)
        denyingNames = stems(words.flags.denyingNames)
        intervals = stems(words.intervals)
        orders = stems(words.orders)
        hours = stems(words.hours)
        minutes = stems(words.minutes)
        days = stems(words.days)
        months = stems(words.months)
        var dimensions: [String: Set<Unit.Dimension>] = [:]
        for (name, words) in words.dimensions {
            guard let dimension = Unit.Dimension(rawValue: name) else { continue }
            for word in words { dimensions[stem.of(word), default: []].insert(dimension) }
        }
        self.dimensions = dimensions
        intervalLink = TextPattern(
            words: #"^\s*(?:"# + TextPattern.any(of: words.intervalLinks) + #"|-)\s*(?:[a-z]\s*=\s*)?$"#)
        withState = TextPattern(words: #"\p{Lu}[a-z]+,\s*\p{Lu}|(?i:"# + TextPattern.any(of: words.states) + ")")
        let forms = words.dateForms
        let letters = TextPattern.any(of: forms.yearLetters + forms.monthLetters + forms.dayLetters)
        dateLetters = TextPattern(words: "(" + letters + ")([-/. ])(" + letters + ")[-/. ](" + letters + ")")
        let parts = TextPattern.any(of: forms.year + forms.month + forms.day)
        dateWords = TextPattern(words: "(" + parts + ")([-/])(" + parts + ")[-/](" + parts + ")")
    }
}
