package import Core
package import Languages

/// What descriptions of parameters say by a few set words.
package struct DescriptionPatterns: Sendable {
    package let terms: DescriptionTerms
    /// Examples, and all behind them.
    package let examples: TextPattern
    /// `'c' for Celsius`
    package let alias: TextPattern
    /// Whether the named values are some, or all there are.
    package let open: TextPattern
    package let closed: TextPattern
    package let defaultClause: TextPattern
    package let defaultValue: TextPattern
    /// Values that are enumerated behind a word that says so, or between parentheses; and what joins and ends them.
    package let enumeration: TextPattern
    package let alternatives: TextPattern
    package let joining: TextPattern
    package let or: TextPattern
    /// A unit behind `in`; the first group takes part where it is no `of`.
    package let measuredIn: TextPattern
    package let unitPlace: TextPattern
    package let numberOf: TextPattern

    package static let quotedValue = TextPattern(#"['"‘“]([A-Za-z0-9][^'"’”]{0,40})['"’”]"#)

    init(_ terms: DescriptionTerms, _ joiningWords: JoiningWords) {
        self.terms = terms
        func any(_ list: [String]) -> String { TextPattern.any(of: list) }
        let joins = any(joiningWords.and + joiningWords.or)
        let or = any(joiningWords.or)
        let examples = any(terms.examples)
        let item = #"[\w\-]+(?: [\w\-]+){0,2}"#
        self.examples = TextPattern(words: #"(?i)[(,]?\s*\b"# + examples + #"\b.*"#)
        alias = TextPattern(
            words: #"['"‘“]([^'"’”]{1,20})['"’”] (?:"# + any(terms.aliases) + "|=) (?:" + any(terms.articles)
                + #" )?(\p{L}{3,})"#)
        open = TextPattern(words: #"(?i)\b"# + any(terms.examples + terms.andSoOn) + #"\b"#)
        closed = TextPattern(words: #"(?i)\b"# + any(terms.closed) + #"\b"#)
        let defaults = any(terms.defaults)
        defaultClause = TextPattern(
            words: #"(?i)[(,.;]?\s*(?:"# + any(terms.optional) + #"[^.]*)?\b"# + defaults
                + #"\b[^.)]*(?:\.\d[^.)]*)?[.)]?"#)
        defaultValue = TextPattern(
            words: "(?i)" + defaults + #"(?:\s+"# + any(terms.defaultValue) + #")?(?:\s+"# + any(terms.defaultIs)
                + #"|:)?(?:\s+"# + any(terms.defaultSet) + #")?(?:\s+"# + any(terms.defaultTo)
                + #")?\s*['"`‘“]?([^'"`’”.,;)]+(?:\.\d+)?)"#)
        enumeration = TextPattern(
            words: #"(?i)\b(?:"# + any(terms.examples + terms.enumerating) + #"\.?,?|"# + any(terms.options) + "(?: "
                + any(terms.optionVerbs) + #")?:?)\s+("# + item + #"(?:,\s+(?:"# + joins + " )?" + item + ")+)")
        alternatives = TextPattern(
            words: #"\((?:"# + examples + #"\.?,?\s*)?([\w\- ]+(?:,\s*[\w\- ]+)*,?\s+"# + or
                + #"\s+[\w\- ]+|[\w\-]+(?:,\s*[\w\-]+){2,})\)"#)
        joining = TextPattern(words: "^" + joins + " | " + any(terms.andSoOn) + "$")
        self.or = TextPattern(words: #",?\s+"# + or + #"\s+"#)
        let places = TextPattern.either([
            #"\b"# + any(terms.in), any(terms.measured), #"\("# + any(terms.in),
        ])
        measuredIn = TextPattern(words: "(?:(" + places + ")|" + any(terms.of) + #")\s+([\p{L}µ°²³/^0-9 ]+)"#)
        unitPlace = TextPattern(words: #"(?:\b"# + any(terms.in) + #"|\(|,)\s*([\p{L}µ°²³$%][\p{L}µ°²³/^0-9 ]*)"#)
        numberOf = TextPattern(words: any(terms.numberOf) + #" (\w+)(?: (\w+))?"#)
    }
}
