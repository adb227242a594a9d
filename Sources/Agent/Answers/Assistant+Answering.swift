import Core
import Languages

extension Assistant {
    func answer(
        _ question: Question, conversation: String, history: [Message], steps: [Step], draft: inout AnswerDraft,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws {
        let persona = question.persona ?? settings.persona
        if steps.contains(where: { $0.status == .ok }) {
            try await answers.grounded(
                question: question.message, steps: steps, persona: persona, cites: true, emit: emit, draft: &draft)
        }
        let unresolved = Self.unresolved(steps)
        if !unresolved.isEmpty {
            // What no plugin could say may stand in the user's documents.
            if draft.text.isEmpty, let passages = try await passages(for: question, history: history), !passages.isEmpty
            {
                _ = try await answer(question, from: passages, persona: persona, draft: &draft, emit: emit)
            }
            let text =
                (draft.text.isEmpty ? "" : " ")
                + FailureText(phrases: language.words.answers.failures).sentences(
                    unresolved, question: question.message)
            draft.add(text)
            emit(.token(text))
            if draft.context == nil {
                draft.context = try await planner.quoted(question: question.message, part: .results, [text])
            }
        }
        guard steps.isEmpty else { return }
        let passages = try await passages(for: question, history: history)
        if try await answer(question, from: passages, persona: persona, draft: &draft, emit: emit) { return }
        var sampling = sampling(for: question)
        let left = limits.left(after: draft.usage)
        let isShort = left < sampling.maxTokens ?? .max
        if isShort { sampling.maxTokens = left }
        let planned = try await planner.conversation(
            persona: persona, history: history, summaries: try await store.summaries(of: conversation),
            answerTokens: sampling.maxTokens)
        draft.context = planned.plan.ledger
        try await answers.free(
            planned.plan, sampling: sampling, conversation: conversation,
            links: GivenLinks(conversation: history), emit: emit, draft: &draft)
        if let message = planned.unsummarised { summarizer.note(message, in: conversation) }
        // A context that is smaller than the turn's limit ended it otherwise.
        if isShort, planned.plan.answerTokens == left, draft.finishReason == .length {
            stop([], of: question, isLate: false, draft: &draft, emit: emit)
        }
    }

    /// What the user's documents say to a question; nil where they are not asked.
    func passages(for question: Question, history: [Message]) async throws -> [Passage]? {
        guard question.collections != .named([]), !language.conversation.asksForInvention(question.message) else {
            return nil
        }
        let previous =
            language.followUps.isOne(question.message) ? history.dropLast().last { $0.role == .user }?.text : nil
        return try await finder.find(question.message, previous: previous, in: question.collections)
    }

    /// Whether an answer comes of the user's documents: where they speak of what is asked, or were named and do not.
    static func answersFromDocuments(_ question: Question, _ passages: [Passage]?) -> Bool {
        guard let passages else { return false }
        if case .named = question.collections { return true }
        return !passages.isEmpty
    }

    /// Answers from the user's documents, where they speak of what is asked; where they were named and do not, says so.
    ///
    /// - Returns: whether that is the answer.
    func answer(
        _ question: Question, from passages: [Passage]?, persona: String, draft: inout AnswerDraft,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws -> Bool {
        guard Self.answersFromDocuments(question, passages), let passages else { return false }
        let text: String
        if passages.isEmpty, case .named(let names) = question.collections {
            text = language.words.answers.nothingFound(["collections": names.joined(separator: ", ")])
            draft.context = try await planner.quoted(question: question.message, part: .passages, [])
        } else {
            let answer = try await passageAnswer.answer(
                question.message, passages, persona: persona, draft: &draft)
            let links = GivenLinks(in: [question.message] + passages.map(\.text))
            text = Neutralizer.neutralised(answer.text, .answer(links))
            draft.citations = answer.citations
            emit(.passages(draft.citations))
        }
        draft.add(text)
        emit(.token(text))
        return true
    }

    /// Calls that failed and that no later call of the same operation made good.
    private static func unresolved(_ steps: [Step]) -> [Step] {
        steps.enumerated().filter { index, step in
            step.status != .ok
                && !steps[index...].dropFirst().prefix(1).contains {
                    $0.status == .ok && $0.plugin == step.plugin && $0.operation == step.operation
                }
        }.map(\.element)
    }
}
