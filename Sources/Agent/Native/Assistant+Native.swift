import Core

extension Assistant {
    /// The turn of a model that has a tool format of its own.
    func workNatively(
        _ question: Question, conversation: String, history: [Message], offered: [Tool], _ policy: CallPolicy,
        today: String, turn: inout Turn, draft: inout AnswerDraft, approve: @escaping Approve,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws {
        let native = NativeTurn(
            caller: NativeCaller(model: model), shortlist: guided.shortlist, executor: executor, limits: limits,
            policy: policy)
        let opening = NativeTurn.Opening(
            persona: question.persona ?? settings.persona, history: history, tools: offered,
            sampling: sampling(for: question), today: today)
        let text = try await native.run(opening, turn: &turn, draft: &draft, approve: approve, emit: emit)
        guard limits.reason(after: draft.usage, isLate: false) == nil else {
            stop(turn.steps, of: question, isLate: false, draft: &draft, emit: emit)
            return
        }
        let good = turn.steps.filter { $0.status == .ok }
        if let text, !good.isEmpty {
            let said = history.map(\.text)
            let check = FactCheck(results: good.compactMap(\.result), given: said + [today])
            let untrusted = UntrustedText(said: said, steps: good)
            let kept = Sentences.split(text, after: ".!?").filter { check.unsupported(in: $0).isEmpty }
            let answer = untrusted.safe(kept.joined(separator: " "))
            if !answer.isEmpty, check.holdsResult(answer) {
                draft.citations = StepCitation.citations(of: good.map { ($0, answer) }, in: turn.steps)
                let marked = answer + " " + draft.citations.map { "[\($0.number)]" }.joined()
                draft.add(marked)
                emit(.token(marked))
                return
            }
        }
        if let text, turn.steps.isEmpty, !text.allSatisfy(\.isWhitespace) {
            let isFromDocuments = try await answerFromDocuments(
                question, history: history, persona: opening.persona, draft: &draft, emit: emit)
            guard !isFromDocuments else { return }
            let answer = UntrustedText(conversation: history)?.safe(text) ?? text
            draft.add(answer)
            emit(.token(answer))
            return
        }
        // What was called says more than words that it does not bear out.
        try await answer(
            question, conversation: conversation, history: history, steps: turn.steps, draft: &draft, emit: emit)
    }
}
