import Core

/// Text in which no figures stand but given ones.
enum FigureGrammar {
    /// - Parameter figures: numbers, times and dates, as they may be written; where there are none, the text has no digit.
    static func constraint(_ figures: [String]) -> Constraint {
        guard !figures.isEmpty else { return .grammar("root ::= [^0-9]+\n") }
        let choices = figures.map { "\"\($0)\"" }.joined(separator: " | ")
        // Side by side two would make another.
        return .grammar(
            """
            root ::= [^0-9]* (figure [^0-9]+)* figure?
            figure ::= \(choices)

            """)
    }
}
