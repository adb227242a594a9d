import Core
import Understanding

extension Assistant {
    /// Runs a turn: asks the model, makes its calls, and answers from what came of them.
    ///
    /// - Parameter steps: takes note of the calls as they end, also where this throws.
    func work(
        _ question: Question, conversation: String, history: [Message], offered: [Tool],
        honoursPermissions: Bool, steps: inout [Step], draft: inout AnswerDraft, approve: @escaping Approve,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws {
        let policy = CallPolicy(
            question: question.message,
            said: history.filter { $0.role == .user }.map(\.text).joined(separator: "\n"),
            honoursPermissions: honoursPermissions, language: language)
        if try await answerFromNamed(question, history: history, draft: &draft, emit: emit) { return }
        if try await answerFromSteps(question, history: history, offered: offered, draft: &draft, emit: emit) {
            return
        }
        if try await answerFromMessages(question, history: history, draft: &draft, emit: emit) { return }
        if try await summarizeLongText(question, draft: &draft, emit: emit) { return }
        tellProgress(offered, emit: emit)
        let card = try await chat.card()
        var opening = TurnOpening(
            persona: question.persona ?? settings.persona, history: history, tools: NamedTool.all(of: offered),
            sampling: sampling(for: question), today: DateMentions.text(now(), in: Asker.zone))
        var passages: FoundAnswer?
        var streamed: StreamedText?
        if card.speaks {
            opening.summaries = try await store.summaries(of: conversation)
            // What stands in the user's documents is better than what the model says of itself, which waits for them then.
            passages = try await self.passages(for: question, history: history)
            if try await self.model.describe().isLarge, !Self.answersFromDocuments(question, passages) {
                let kind = try await kind(of: question, history)
                streamed = StreamedText(
                    GivenLinks(conversation: history),
                    gate: aloneGate(kind, question, history, persona: opening.persona, isLarge: true))
            }
        }
        if card.speaks {
            // Such a model reads what it is told of each tool.
            opening.tools = NamedTool.all(of: try await finder.best(of: offered, for: question.message))
        }
        var turn = Turn(
            tools: opening.tools, maxSteps: question.maxSteps ?? settings.maxSteps, callsRivals: settings.callsRivals,
            language: language)
        do {
            try await run(
                &turn, card, opening, policy, conversation: conversation, steps: &steps, draft: &draft,
                approve: approve, emit: emit,
                said: streamed.map { streamed in { @Sendable text in streamed.add(text, emit: emit) } })
        } catch {
            // What there is of an answer stays when it is cut.
            if let said = streamed?.handedOn, !said.isEmpty { draft.add(said, from: .model) }
            throw error
        }
        if let streamed {
            streamed.finish(steps.isEmpty ? turn.text : nil, emit: emit)
            if !streamed.handedOn.isEmpty { draft.add(streamed.handedOn, from: .model) }
            if steps.isEmpty { sayUnproved(streamed.gate, question, draft: &draft, emit: emit) }
        }
        guard limits.reason(after: draft.usage, isLate: false) == nil else {
            stop(steps, of: question, isLate: false, draft: &draft, emit: emit)
            return
        }
        if let text = turn.text,
            try await answer(
                question, text, from: passages, history: history, today: opening.today, steps: steps, tools: offered,
                draft: &draft, emit: emit)
        {
            return
        }
        // What was called says more than words that it does not bear out.
        try await answer(
            question, conversation: conversation, history: history, steps: steps,
            unresolved: turn.unresolved(said: history.filter { $0.role == .user }.map(\.text).joined(separator: "\n")),
            passedOn: turn.passedOn, tools: offered, draft: &draft, emit: emit)
    }

    /// Answers from the collections that were named for it: plugins do not take such a question, unless they were named
    /// too and the documents do not answer.
    ///
    /// - Returns: whether that is the answer.
    private func answerFromNamed(
        _ question: Question, history: [Message], draft: inout AnswerDraft, emit: @escaping @Sendable (Event) -> Void
    ) async throws -> Bool {
        guard case .named(let names) = question.collections, !names.isEmpty else { return false }
        let found = try await passages(for: question, history: history)
        if found == nil, case .named(let plugins) = question.plugins, !plugins.isEmpty { return false }
        return try await answer(
            question, from: found, persona: question.persona ?? settings.persona, draft: &draft, emit: emit)
    }

    /// Asks and calls until the model answers, or may take no more.
    private func run(
        _ turn: inout Turn, _ card: ModelCard, _ opening: TurnOpening, _ policy: CallPolicy, conversation: String,
        steps: inout [Step], draft: inout AnswerDraft, approve: @escaping Approve,
        emit: @escaping @Sendable (Event) -> Void, said: (@Sendable (String) -> Void)?
    ) async throws {
        while limits.reason(after: draft.usage, isLate: false) == nil {
            try Task.checkCancellation()
            switch turn.next() {
            case .ask:
                let step = try await dialog.next(opening, after: turn.rounds, for: card)
                if let ledger = step.ledger { draft.context = ledger }
                if let message = step.unsummarised { summarizer.note(message, in: conversation) }
                guard !step.request.tools.isEmpty || card.speaks else {
                    turn.said(ChatReply())
                    continue
                }
                // What follows a call is held against its result first.
                let reply = try await chat.reply(to: step.request, said: turn.rounds.isEmpty ? said : nil)
                draft.usage += reply.usage
                turn.said(reply)
            case .make(let calls):
                let made = try await executor.make(calls, after: steps, policy, approve: approve, emit: emit)
                turn.made(made)
                steps = turn.steps
                try Task.checkCancellation()
            case .answer(let reason):
                steps = turn.steps
                draft.finishReason = reason
                return
            }
        }
    }

    /// Answers with the model's own text, as far as what was called or what is known bears it out.
    ///
    /// - Returns: whether that is the answer.
    private func answer(
        _ question: Question, _ text: String, from passages: FoundAnswer?, history: [Message], today: String,
        steps: [Step], tools: [Tool], draft: inout AnswerDraft, emit: @escaping @Sendable (Event) -> Void
    ) async throws -> Bool {
        if steps.isEmpty, !draft.text.isEmpty { return true }
        if !draft.text.isEmpty {
            // It was said before the calls.
            draft.add("\n\n", from: nil)
            emit(.token("\n\n"))
        }
        let results = try await answers.reading.run {
            steps.filter { $0.status == .ok }.map { ReadResult($0, in: language) }.filter { !$0.isEmpty }
        }
        if !results.isEmpty {
            let said = history.map(\.text)
            let text = proved(text, question: question.message, steps: steps, tools: tools)
            let (answer, citations) = try await answers.reading.run {
                let check = FactCheck(texts: results.map(\.text), given: said + [today])
                let kept = Sentences.split(text, after: ".!?", in: language).filter {
                    check.unsupported(in: $0).isEmpty
                }
                let answer = Neutralizer.neutralised(
                    kept.joined(separator: " "), .answer(GivenLinks(said: said, read: results)))
                guard !answer.isEmpty, check.holdsResult(answer) else { return ("", [Citation]()) }
                return (answer, StepCitation.citations(of: results.map { ($0, answer) }, in: steps, language))
            }
            guard !answer.isEmpty else { return false }
            draft.citations = citations
            let marked = corrections(in: steps) + answer + " " + draft.citations.map { "[\($0.number)]" }.joined()
            draft.add(marked, from: .step)
            emit(.token(marked))
            return true
        }
        guard steps.isEmpty, !text.allSatisfy(\.isWhitespace) else { return false }
        let persona = question.persona ?? settings.persona
        if try await answer(question, from: passages, persona: persona, draft: &draft, emit: emit) { return true }
        guard try await model.describe().isLarge else {
            try await answerAlone(
                text, question, history: history, persona: persona, draft: &draft, emit: emit)
            return true
        }
        let links = GivenLinks(conversation: history)
        let kind = try await kind(of: question, history)
        var gate = aloneGate(kind, question, history, persona: persona, isLarge: true)
        var said = gate.add(text)
        said += gate.finish()
        let answer = links.map { Neutralizer.neutralised(said, .answer($0)) } ?? said
        draft.add(answer, from: .model)
        emit(.token(answer))
        sayUnproved(gate, question, draft: &draft, emit: emit)
        return true
    }
}
