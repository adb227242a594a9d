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
                _ = try await answer(asked, from: passages, draft: &draft)
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
        if try await answer(asked, from: try await passages(for: asked), draft: &draft) { return }
        try await answerAlone(asked, draft: &draft)
    }

    /// What the user's documents say to a question; nil where they say nothing, or are not asked.
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

    /// Which values were taken for others, where a call was made anew for it: `I took “Berln” for “Berlin”. `
    func corrections(in steps: [Step]) -> String {
        let phrase = language.words.answers.failures.meant
        let text = SpellingCorrection.made(in: steps, language).map { phrase(["said": $0.said, "meant": $0.meant]) }
        return Neutralizer.neutralised(text.joined(), .text)
    }
}
