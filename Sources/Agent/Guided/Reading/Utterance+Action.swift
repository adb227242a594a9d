import Languages

extension Utterance {
    /// Words before the verb of an order at most: "I would like you to please create …".
    private static let mostBeforeVerb = 8

    /// What is wanted: something told, or something done. What is neither asked nor ordered is taken for a question.
    var action: Action {
        guard let first = words.first else { return .read }
        let asksForHelp = language.words.questions.help.contains(first.lower)
        let asks = language.words.questions.openings.contains(first.lower) || (characters.last == "?" && !asksForHelp)
        guard !asks else { return .read }
        for word in words.prefix(Self.mostBeforeVerb) {
            if let action = language.action(of: word.lower) { return action }
        }
        return .read
    }
}
