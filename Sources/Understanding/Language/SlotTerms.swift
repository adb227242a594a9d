package import Core
package import Languages

/// Words that say which value fills which parameter, as stems where they are compared with stems.
package struct SlotTerms: Sendable {
    package let words: SlotWords
    package let idle: Set<String>
    package let denyingNames: Set<String>
    package let intervals: Set<String>
    package let orders: Set<String>
    package let hours: Set<String>
    package let minutes: Set<String>
    package let days: Set<String>
    package let months: Set<String>
    package let dimensions: [String: Set<MeasuredUnit.Dimension>]
    /// What stands between the two numbers of an interval.
    package let intervalLink: TextPattern
    /// A place with the state it is in.
    package let withState: TextPattern
    /// The form of a date, by letters and by words; groups 1, 3 and 4 are its parts, and 2 what stands between.
    package let dateLetters: TextPattern
    package let dateWords: TextPattern

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
        var dimensions: [String: Set<MeasuredUnit.Dimension>] = [:]
        for (name, words) in words.dimensions {
            guard let dimension = MeasuredUnit.Dimension(rawValue: name) else { continue }
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
