import Core

extension SlotNotes {
    static let examples = TextPattern(#"(?i)[(,]?\s*\b(?:e\.g\.?|for example|for instance|such as|like)\b.*"#)
    /// `'c' for Celsius`
    static let alias = TextPattern(
        #"['"‘“]([^'"’”]{1,20})['"’”] (?:for|means|refers to|stands for|is|=) (?:an? )?([A-Za-z]{3,})"#)
    static let open = TextPattern(#"(?i)e\.g|for example|such as|\blike\b|etc|for instance"#)
    static let closed = TextPattern(
        #"(?i)options?\b|choices?\b|choose|can be|either|one of|must be|\bor\b|supported"#)
    static let defaultClause = TextPattern(
        #"(?i)[(,.;]?\s*(?:optional[^.]*)?\bdefault(?:s|ed)?\b[^.)]*(?:\.\d[^.)]*)?[.)]?"#)
    static let defaultValue = TextPattern(
        #"(?i)default(?:s|ed)?(?:\s+value)?(?:\s+is|\s+to|:|\s+will be|\s+it's)?(?:\s+set)?(?:\s+to)?\s*['"`‘“]?([^'"`’”.,;)]+(?:\.\d+)?)"#
    )
    static let quotedValue = TextPattern(#"['"‘“]([A-Za-z0-9][^'"’”]{0,40})['"’”]"#)
    static let enumeration = TextPattern(
        #"(?i)(?:e\.g\.?,?|for example,?|such as|\blike|including|options?(?: are| include)?:?)\s+([\w\-]+(?: [\w\-]+){0,2}(?:,\s+(?:and |or )?[\w\-]+(?: [\w\-]+){0,2})+)"#
    )
    static let binding = TextPattern("^(?:and|or) | etc$")
    static let alternatives = TextPattern(
        #"\((?:e\.g\.?,?\s*)?([\w\- ]+(?:,\s*[\w\- ]+)*,?\s+or\s+[\w\- ]+|[\w\-]+(?:,\s*[\w\-]+){2,})\)"#)
    static let or = TextPattern(#",?\s+or\s+"#)
    static let measuredIn = TextPattern(#"(?:\bin|measured in|\(in|of)\s+([A-Za-zµ°²³/^0-9 ]+)"#)
    static let unitPlace = TextPattern(#"(?:\bin|\(|,)\s*([A-Za-zµ°²³$%][A-Za-zµ°²³/^0-9 ]*)"#)
    static let numberOf = TextPattern(#"number of (\w+)(?: (\w+))?"#)
}
