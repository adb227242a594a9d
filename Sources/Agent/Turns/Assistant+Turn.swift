import Core
import Languages
import Understanding

extension Assistant {
    /// Characters of a part of a question that are told again.
    private static let mostTold = 200

    /// Runs a turn: asks the model, makes its calls, and answers from what came of them.
    ///
    /// - Parameter steps: takes note of the calls as they end, also where this throws.
    func work(_ asked: AskedQuestion, steps: inout [Step], draft: inout AnswerDraft) async throws {
        let question = asked.question
        let emit = draft.emit
        if try await answerFromNamed(asked, draft: &draft) { return }
        if try await answerFromSteps(asked, draft: &draft) { return }
        if try await answerFromMessages(asked, draft: &draft) { return }
        if try await summarizeLongText(asked, draft: &draft) { return }
        tellProgress(asked.tools, emit: emit)
        let card = try await chat.card()
        var opening = TurnOpening(
            persona: asked.persona, history: asked.history, tools: NamedTool.all(of: asked.tools),
            sampling: sampling(for: question), today: DateMentions.text(now(), in: Asker.zone))
        var passages: FoundAnswer?
        var streamed: StreamedText?
        if card.speaks {
            opening.summaries = try await store.summaries(of: asked.conversation)
            // What stands in the user's documents is better than what the model says of itself, which waits for them then.
            passages = try await self.passages(for: asked)
            if try await self.model.describe().isLarge, passages?.isSure != true, asked.namedCollections == nil {
                let kind = try await kind(of: asked)
                streamed = StreamedText(
                    GivenLinks(conversation: asked.history), gate: aloneGate(kind, asked, isLarge: true))
            }
            // Such a model reads what it is told of each tool.
            opening.tools = NamedTool.all(of: try await finder.best(of: asked.tools, for: asked.message))
        }
        var turn = Turn(
            tools: opening.tools, maxSteps: question.maxSteps ?? settings.maxSteps, callsRivals: settings.callsRivals,
            language: language)
        do {
            try await run(
                &turn, opening, asked, steps: &steps, draft: &draft,
                said: streamed.map { streamed in { @Sendable text in streamed.add(text, emit: emit) } })
        } catch {
            // What there is of an answer stays when it is cut.
            if let said = streamed?.handedOn, !said.isEmpty { draft.add(said, from: .model) }
            throw error
        }
        if let streamed {
            streamed.finish(steps.isEmpty ? turn.text : nil, emit: emit)
            if !streamed.handedOn.isEmpty { draft.add(streamed.handedOn, from: .model) }
            if steps.isEmpty { sayUnproved(streamed.gate, asked, draft: &draft) }
        }
        guard limits.reason(after: draft.usage, isLate: false) == nil else {
            stop(steps, of: asked, isLate: false, draft: &draft)
            return
        }
        if let text = turn.text,
            try await answer(asked, text, from: passages, today: opening.today, steps: steps, draft: &draft)
        {
            return
        }
        // What was called says more than words that it does not bear out.
        try await answer(
            asked, steps: steps, unresolved: turn.unresolved(said: asked.said), passedOn: turn.passedOn, draft: &draft)
        for part in turn.unanswered {
            let text = language.words.answers.unanswered(["part": String(part.prefix(Self.mostTold))])
            draft.say((draft.text.isEmpty ? "" : " ") + Neutralizer.neutralised(text, .text))
        }
    }

    /// Answers from the collections that were named for it: plugins do not take such a question, unless they were named
    /// too and the documents do not answer.
    ///
    /// - Returns: whether that is the answer.
    private func answerFromNamed(_ asked: AskedQuestion, draft: inout AnswerDraft) async throws -> Bool {
        guard asked.namedCollections != nil else { return false }
        let found = try await passages(for: asked)
        if found?.isSure != true, case .named(let plugins) = asked.question.plugins, !plugins.isEmpty { return false }
        return try await answer(asked, from: found, draft: &draft)
    }

    /// Asks and calls until the model answers, or may take no more.
    private func run(
        _ turn: inout Turn, _ opening: TurnOpening, _ asked: AskedQuestion, steps: inout [Step],
        draft: inout AnswerDraft, said: (@Sendable (String) -> Void)?
    ) async throws {
        let card = try await chat.card()
        let policy = CallPolicy(
            question: asked.message, said: asked.said, honoursPermissions: asked.honoursPermissions, language: language)
        while limits.reason(after: draft.usage, isLate: false) == nil {
            try Task.checkCancellation()
            switch turn.next() {
            case .ask:
                let step = try await dialog.next(opening, after: turn.rounds, for: card)
                if let ledger = step.ledger { draft.context = ledger }
                if let message = step.unsummarised { summarizer.note(message, in: asked.conversation) }
                guard !step.request.tools.isEmpty || card.speaks else {
                    turn.said(ChatReply())
                    continue
                }
                // What follows a call is held against its result first.
                let reply = try await chat.reply(to: step.request, said: turn.rounds.isEmpty ? said : nil)
                draft.usage += reply.usage
                turn.said(reply)
            case .make(let calls):
                let made = try await executor.make(
                    calls, after: steps, policy, approve: asked.approve, emit: draft.emit)
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
        _ asked: AskedQuestion, _ text: String, from passages: FoundAnswer?, today: String, steps: [Step],
        draft: inout AnswerDraft
    ) async throws -> Bool {
        if steps.isEmpty, !draft.text.isEmpty { return true }
        if !draft.text.isEmpty {
            // It was said before the calls.
            draft.say("\n\n")
        }
        let results = try await answers.reading.run {
            steps.filter { $0.status == .ok }.map { ReadResult($0, in: language) }.filter { !$0.isEmpty }
        }
        if !results.isEmpty {
            let said = asked.history.map(\.text)
            let text = proved(text, question: asked.message, steps: steps, tools: asked.tools)
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
            draft.say(marked, from: .step)
            return true
        }
        guard steps.isEmpty, !text.allSatisfy(\.isWhitespace) else { return false }
        if try await answer(asked, from: passages, draft: &draft) { return true }
        guard try await model.describe().isLarge else {
            try await answerAlone(text, asked, draft: &draft)
            return true
        }
        let links = GivenLinks(conversation: asked.history)
        let kind = try await kind(of: asked)
        var gate = aloneGate(kind, asked, isLarge: true)
        var said = gate.add(text)
        said += gate.finish()
        let answer = links.map { Neutralizer.neutralised(said, .answer($0)) } ?? said
        draft.say(answer, from: .model)
        sayUnproved(gate, asked, draft: &draft)
        return true
    }
}
