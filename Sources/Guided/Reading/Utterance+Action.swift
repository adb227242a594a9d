import Languages
import Understanding

extension Utterance {
    /// Words before the verb of an order at most: "I would like you to please create …".
    private static let mostBeforeVerb = 8

    /// Whether something is asked: "is it open?", and not "could you open it?".
    var asks: Bool {
        guard let first = words.first else { return false }
        let questions = language.words.questions
        let isForSelf = words.dropFirst().first.map { questions.selves.contains($0.lower) } ?? false
        let asksForHelp = questions.help.contains(first.lower) && !isForSelf
        if isForSelf, questions.help.contains(first.lower) { return true }
        return questions.openings.contains(first.lower) || (characters.last == "?" && !asksForHelp)
    }

    /// Whether a sentence or clause asks or orders: "I am in Oslo, what time is it".
    var hasRequest: Bool {
        let questions = language.words.questions
        return words.contains { word in
            (word.opens || word.gap.contains(","))
                && (questions.clauses.contains(word.lower) || questions.openings.contains(word.lower)
                    || language.action(of: word.lower) != nil)
        }
    }

    /// Whether something is not to be done: "don't order anything".
    var negates: Bool {
        words.prefix(Self.mostBeforeVerb).contains { language.words.questions.negations.contains($0.lower) }
    }

    /// What is wanted: something told, or something done. What is neither asked nor ordered is taken for a question.
    var action: Action {
        guard !asks, !negates else { return .read }
        for word in words.prefix(Self.mostBeforeVerb) {
            if let action = language.action(of: word.lower) { return action }
        }
        return .read
    }
}
