/// A stretch of a question that can be copied as a text.
struct Span: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// Stood in quotation marks.
        case quoted
        /// An identifier, a path, an address: letters with digits or signs in them.
        case code
        /// `3x^2 + 2x - 1`
        case formula
        /// Words with capitals.
        case name
        case date
        case time
        /// What is to be said or written: "saying that I will be late".
        case clause
        /// A number, where a text is asked for.
        case figure
        /// Any other words that belong together.
        case phrase
    }

    /// As it is copied: without its quotation marks.
    var text: String
    var range: Range<Int>
    var kind: Kind
    /// Whether it is a whole name, a whole phrase, and no part of one.
    var isWhole = true
    /// Whether it can name a thing: "goldcrest", but not "weigh" or "often".
    var isNaming = true
}
