import Core
import Languages
import Understanding

extension Assistant {
    /// - Parameters:
    ///   - unresolved: those of the steps that failed and that no other made good.
    ///   - passedOn: those that only told what others required.
    func answer(
        _ question: Question, conversation: String, history: [Message], steps: [Step], unresolved: [Step],
        passedOn: [Step] = [], tools: [Tool], draft: inout AnswerDraft, emit: @escaping @Sendable (Event) -> Void
    ) async throws {
        let persona = question.persona ?? settings.persona
        if steps.contains(where: { $0.status == .ok }) {
            let corrections = corrections(in: steps)
            if !corrections.isEmpty {
                draft.add(corrections, from: nil)
                emit(.token(corrections))
            }
            try await answers.grounded(
                question: question.message, steps: steps, passedOn: passedOn, tools: tools, persona: persona,
                cites: true, emit: emit, draft: &draft)
        }
        if !unresolved.isEmpty {
            // What no plugin could say may stand in the user's documents.
            if draft.text.isEmpty, let passages = try await passages(for: question, history: history) {
                _ = try await answer(question, from: passages, persona: persona, draft: &draft, emit: emit)
            }
            let text =
                (draft.text.isEmpty ? "" : " ")
                + FailureText(language: language).sentences(unresolved, question: question.message)
            draft.add(text, from: nil)
            emit(.token(text))
            if draft.context == nil {
                draft.context = try await planner.quoted(question: question.message, part: .results, [text])
            }
        }
        guard steps.isEmpty else { return }
        let passages = try await passages(for: question, history: history)
        if try await answer(question, from: passages, persona: persona, draft: &draft, emit: emit) { return }
        try await answerAlone(
            question, conversation: conversation, history: history, persona: persona, draft: &draft, emit: emit)
    }

    /// What the user's documents say to a question; nil where they say nothing, or are not asked.
    func passages(for question: Question, history: [Message]) async throws -> FoundAnswer? {
        guard question.collections != .named([]), !language.conversation.asksForInvention(question.message) else {
            return nil
        }
        let previous =
            language.followUps.isOne(question.message) ? history.dropLast().last { $0.role == .user }?.text : nil
        return try await passageFinder.find(question.message, previous: previous, in: question.collections)
    }

    /// Whether an answer comes of the user's documents: where they answer what is asked, or were named and do not.
    static func answersFromDocuments(_ question: Question, _ found: FoundAnswer?) -> Bool {
        if case .named(let names) = question.collections, !names.isEmpty { return true }
        return found != nil
    }

    /// Answers from the user's documents, where they answer what is asked; where they were named and do not, says so.
    ///
    /// - Returns: whether that is the answer.
    func answer(
        _ question: Question, from found: FoundAnswer?, persona: String, draft: inout AnswerDraft,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws -> Bool {
        let text: String
        if let found {
            let answer = try await passageAnswer.answer(question.message, found, persona: persona, draft: &draft)
            let links = GivenLinks(in: [question.message] + found.passages.map(\.text))
            text = Neutralizer.neutralised(answer.text, .answer(links))
            draft.citations = answer.citations
            emit(.passages(draft.citations))
        } else if case .named(let names) = question.collections, !names.isEmpty {
            text = language.words.answers.nothingFound(["collections": names.joined(separator: ", ")])
            draft.context = try await planner.quoted(question: question.message, part: .passages, [])
        } else {
            return false
        }
        draft.add(text, from: found == nil ? nil : .passage)
        emit(.token(text))
        return true
    }

    /// Which values were taken for others, where a call was made anew for it: `I took “Berln” for “Berlin”. `
    func corrections(in steps: [Step]) -> String {
        let phrase = language.words.answers.failures.meant
        let text = SpellingCorrection.made(in: steps, language).map { phrase(["said": $0.said, "meant": $0.meant]) }
        return Neutralizer.neutralised(text.joined(), .text)
    }
}
