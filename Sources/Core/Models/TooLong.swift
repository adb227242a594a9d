/// What is said of a text that the model's context does not hold.
package enum TooLong {
    /// - Parameters:
    ///   - tokens: those of the text.
    ///   - room: the tokens of the context.
    package static func sentence(tokens: Int, room: Int) -> String {
        let times = Double(tokens) / Double(max(room, 1))
        let much =
            times >= 1.5
            ? "about \(Int(times.rounded())) times too long" : "longer than the context of \(room) tokens, too long"
        return "This text is \(much) for the model; send a part, or raise model.context."
    }

    /// What is said where a short question has no room beside what comes with every question.
    package static func besides(_ others: String, room: Int) -> String {
        "The model's context of \(room) tokens has no room for a question beside \(others); raise model.context."
    }
}
