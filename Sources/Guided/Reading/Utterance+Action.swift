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

    /// Whether an order is forbidden or a doing is only spoken of, so that nothing is to be called: "don't order anything",
    /// "tell me you ordered it", "I ordered a chair".
    var wantsNothing: Bool { forbids || !asks && speaksOfDoing && !hasLaterRequest }

    /// "Please do not order that": what follows is not to be done.
    private var forbids: Bool {
        let opening = language.words.doings.do.union(language.words.conversation.inventions.please)
        guard characters.last != "?",
            let place = words.firstIndex(where: { !opening.contains($0.lower) }), place + 1 < words.count,
            language.words.questions.negations.contains(words[place].lower)
        else { return false }
        let action = language.action(of: words[place + 1].lower)
        return action != nil && action != .read
    }

    /// Whether somebody is told, or is to say, that something was done.
    private var speaksOfDoing: Bool {
        let doings = language.words.doings
        let participles = Set(doings.participles.values)
        return words.indices.contains { index in
            let isOpening = index == 0 && isSpeaker(words[index].lower)
            guard isOpening || doings.asked.contains(words[index].lower) && isToBeSaid(index) else { return false }
            let rest = words[(index + 1)...].drop {
                doings.finishing.contains($0.lower) || doings.beside.contains($0.lower)
            }
            return rest.first.map { participles.contains($0.lower) } ?? false
        }
    }

    /// Whether what begins at a word is what is to be said: "say that …", "tell me …", "pretend …".
    private func isToBeSaid(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        let before = words[index - 1].lower
        return index == 1 || language.words.sayings.that.contains(before)
            || language.words.conversation.inventions.forWhom.contains(before)
    }

    private func isSpeaker(_ word: String) -> Bool { language.words.doings.speakers.contains(word) }

    /// Whether a clause after the first asks: "I ordered a chair, where is it".
    private var hasLaterRequest: Bool {
        guard let next = words.dropFirst().firstIndex(where: { $0.opens || $0.gap.contains(",") }) else { return false }
        return words[next...].contains { word in
            (word.opens || word.gap.contains(",")) && language.words.questions.clauses.contains(word.lower)
        }
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

    /// Whether it begins with the verb of an order, "please" and the like aside: "Cancel the order", and not "The order was
    /// cancelled" or "my open orders".
    var isImperative: Bool {
        guard !asks, !negates else { return false }
        let opening = language.words.questions.help.union(language.words.doings.addressing).union(
            language.words.conversation.inventions.please)
        guard let verb = words.first(where: { !opening.contains($0.lower) }) else { return false }
        return language.action(of: verb.lower).map { $0 != .read } ?? false
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
