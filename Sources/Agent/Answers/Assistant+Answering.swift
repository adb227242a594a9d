import Core
import Languages
import Understanding

extension Assistant {
    /// - Parameters:
    ///   - unresolved: those of the steps that failed and that no other made good.
    ///   - passedOn: those that only told what others required.
    func answer(
        _ asked: AskedQuestion, steps: [Step], unresolved: [Step], passedOn: [Step] = [], draft: inout AnswerDraft
    ) async throws {
        if steps.contains(where: { $0.status == .ok }) {
            let corrections = corrections(in: steps)
            if !corrections.isEmpty { draft.say(corrections) }
            try await answers.grounded(
                AnswerWriter.Results(
                    question: asked.message, steps: steps.filter { !passedOn.contains($0) }, cited: steps,
                    tools: asked.tools),
                persona: asked.persona, draft: &draft)
        }
        if !unresolved.isEmpty {
            // What no plugin could say may stand in the user's documents.
            if draft.text.isEmpty, let passages = try await passages(for: asked) {
                if passages.isSure {
                    _ = try await answer(asked, from: passages, draft: &draft)
                } else if try await asksForFact(asked), try await answerNearest(asked, passages, draft: &draft) {
                    draft.say("\n")
                }
            }
            let text =
                (draft.text.isEmpty ? "" : " ")
                + FailureText(language: language).sentences(unresolved, question: asked.message)
            draft.say(text)
            if draft.context == nil {
                draft.context = try await planner.quoted(question: asked.message, part: .results, [text])
            }
        }
        guard steps.isEmpty else { return }
        let found = try await passages(for: asked)
        if try await answer(asked, from: found, draft: &draft) { return }
        // What is asked for may stand in what is near, which says more than that nothing is known.
        if let found, try await asksForFact(asked), try await answerNearest(asked, found, draft: &draft) { return }
        try await answerAlone(asked, draft: &draft)
    }

    /// What the user's documents say to a question, or what in them is near to it; nil where nothing is, or they are not asked.
    func passages(for asked: AskedQuestion) async throws -> FoundAnswer? {
        let collections = asked.question.collections
        guard collections != .named([]), !language.conversation.asksForInvention(asked.message) else { return nil }
        return try await passageFinder.find(asked.message, previous: asked.previous(in: language), in: collections)
    }

    /// Answers from the user's documents, where they answer what is asked; where they were named and do not, says so.
    ///
    /// - Returns: whether that is the answer.
    func answer(
        _ asked: AskedQuestion, from found: FoundAnswer?, draft: inout AnswerDraft
    ) async throws -> Bool {
        let text: String
        if let found, !found.isSure {
            return asked.namedCollections == nil ? false : try await answerNearest(asked, found, draft: &draft)
        }
        if let found {
            let answer = try await passageAnswer.answer(
                asked.message, found, persona: asked.persona, draft: &draft)
            let links = GivenLinks(in: [asked.message] + found.passages.map(\.text))
            text = Neutralizer.neutralised(answer.text, .answer(links))
            draft.citations = answer.citations
            draft.emit(.passages(draft.citations))
        } else if let names = asked.namedCollections {
            text = language.words.answers.nothingFound(["collections": names.joined(separator: ", ")])
            draft.context = try await planner.quoted(question: asked.message, part: .passages, [])
        } else {
            return false
        }
        draft.say(text, from: found == nil ? nil : .passage)
        return true
    }

    /// Whether something is asked for that documents may say, and not a text to be made or an explanation of a general matter.
    private func asksForFact(_ asked: AskedQuestion) async throws -> Bool {
        switch try await kind(of: asked) {
        case .fact, .personal: return true
        case .invent, .code, .rewrite, .explain, .compute, nil: return false
        case .chat, .tell, .command, .order:
            // What kind it is was read from its meaning; how it begins says that it asks.
            let question = PassageQuestion(asked.message, in: language)
            let first = asked.message.split { !$0.isLetter && $0 != "'" }.first?.lowercased() ?? ""
            return question.stems.count > 1 && language.words.questions.openings.contains(first)
        }
    }

    /// Says that no document clearly answers, and quotes what is nearest.
    ///
    /// - Returns: whether that is the answer: a document that answers is no such case.
    private func answerNearest(
        _ asked: AskedQuestion, _ found: FoundAnswer, draft: inout AnswerDraft
    ) async throws -> Bool {
        guard !found.isSure else { return false }
        let quote = passageAnswer.nearest(found)
        let links = GivenLinks(in: [asked.message] + found.passages.map(\.text))
        draft.context = try await planner.quoted(question: asked.message, part: .passages, [quote.text])
        draft.citations = quote.citations
        draft.emit(.passages(draft.citations))
        draft.say(language.words.answers.nearest + (draft.citations.count > 1 ? "\n" : " "))
        draft.say(Neutralizer.neutralised(quote.text, .answer(links)), from: .passage)
        return true
    }

    /// Which values were taken for others, where a call was made anew for it: `I took “Berln” for “Berlin”. `
    func corrections(in steps: [Step]) -> String {
        let phrase = language.words.answers.failures.meant
        let text = SpellingCorrection.made(in: steps, language).map { phrase(["said": $0.said, "meant": $0.meant]) }
        return Neutralizer.neutralised(text.joined(), .text)
    }
}
