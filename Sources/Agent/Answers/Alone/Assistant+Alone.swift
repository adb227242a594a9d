import Core
import Languages
import Understanding

/// What a model may say by itself: what nobody looked up.
///
/// A small model makes up what it does not know. It states no specific facts, therefore: what asks for one is answered from
/// the conversation, or told to be unknown, and what it says of other matters goes through `AloneGate`.
extension Assistant {
    /// Answers without plugins and documents.
    func answerAlone(
        _ question: Question, conversation: String, history: [Message], persona: String, draft: inout AnswerDraft,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws {
        let kind = try await kind(of: question, history)
        let isLarge = try await model.describe().isLarge
        if !isLarge, let kind, !kind.maySpeak {
            return try await answerUnspoken(kind, question, history, draft: &draft, emit: emit)
        }
        var gate: AloneGate? = aloneGate(kind, question, history, persona: persona, isLarge: isLarge)
        var sampling = sampling(for: question)
        let left = limits.left(after: draft.usage)
        let isShort = left < sampling.maxTokens ?? .max
        if isShort { sampling.maxTokens = left }
        let planned = try await planner.conversation(
            persona: persona, history: history, summaries: try await store.summaries(of: conversation),
            answerTokens: sampling.maxTokens)
        draft.context = planned.plan.ledger
        try await answers.free(
            planned.plan, sampling: sampling, conversation: conversation, links: GivenLinks(conversation: history),
            gate: &gate, emit: emit, draft: &draft)
        sayUnproved(gate, question, kind, draft: &draft, emit: emit)
        if let message = planned.unsummarised { summarizer.note(message, in: conversation) }
        // A context that is smaller than the turn's limit ended it otherwise.
        if isShort, planned.plan.answerTokens == left, draft.finishReason == .length {
            stop([], of: question, isLate: false, draft: &draft, emit: emit)
        }
    }

    /// Answers with what of a text that a small model with a tool format wrote in place of a call may be said.
    func answerAlone(
        _ text: String, _ question: Question, history: [Message], persona: String, draft: inout AnswerDraft,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws {
        let kind = try await kind(of: question, history)
        if let kind, !kind.maySpeak {
            return try await answerUnspoken(kind, question, history, draft: &draft, emit: emit)
        }
        var gate = aloneGate(kind, question, history, persona: persona, isLarge: false)
        var said = gate.add(text)
        said += gate.finish()
        if !said.allSatisfy(\.isWhitespace) {
            let links = GivenLinks(conversation: history)
            say(
                links.map { Neutralizer.neutralised(said, .answer($0)) } ?? said, from: .model, draft: &draft,
                emit: emit)
        }
        sayUnproved(gate, question, kind, draft: &draft, emit: emit)
    }

    /// Says what was not done where the model said it was, and that nothing is known where nothing else is left.
    func sayUnproved(
        _ gate: AloneGate?, _ question: Question, _ kind: RequestKind? = nil, draft: inout AnswerDraft,
        emit: @Sendable (Event) -> Void
    ) {
        if let verb = gate?.unproved {
            let separator = draft.text.isEmpty || draft.text.last?.isWhitespace == true ? "" : " "
            say(separator + unproved(verb, question.message), draft: &draft, emit: emit)
        } else if draft.text.isEmpty, gate?.keptBack == true {
            let reply =
                switch kind {
                case .tell: replies.told
                case .chat: replies.chat
                default: replies.unsure
                }
            say(reply, draft: &draft, emit: emit)
        }
    }

    private var replies: Answers.Alone { language.words.answers.alone }

    private func say(
        _ text: String, from origin: Support.Origin? = nil, draft: inout AnswerDraft, emit: @Sendable (Event) -> Void
    ) {
        draft.add(text, from: origin)
        emit(.token(text))
    }

    func kind(of question: Question, _ history: [Message]) async throws -> RequestKind? {
        // What a text that is handed over says is not what is asked.
        if LongText(question.message, in: language) != nil { return .rewrite }
        let previous =
            language.followUps.isOne(question.message) ? history.dropLast().last { $0.role == .user }?.text : nil
        if OwnWords(in: language).isAskedFor(question.message) { return .personal }
        return try await RequestReader(vectors: vectors).kind(of: question.message, after: previous)
    }

    func aloneGate(
        _ kind: RequestKind?, _ question: Question, _ history: [Message], persona: String, isLarge: Bool
    ) -> AloneGate {
        let claims = DoneClaims(question: question.message, in: language)
        // What is made up or rewritten says what it likes.
        let madeUp: Set<RequestKind> = [.invent, .code, .rewrite]
        if isLarge {
            let check = kind.map(madeUp.contains) == true ? AloneCheck.nothing : .doings
            return AloneGate(given: [], check: check, claims: claims, language: language)
        }
        let said = history.map(\.text) + [question.message, persona, DateMentions.text(now(), in: Asker.zone)]
        return AloneGate(
            given: said, check: kind?.checks ?? .figuresAndNames,
            claims: kind.map(madeUp.contains) == true ? nil : claims,
            relation: AloneRelation(kind, message: question.message, said: said, in: language), language: language)
    }

    /// Answers what the model may not answer: with what the user said before, or by saying that it is not known.
    private func answerUnspoken(
        _ kind: RequestKind, _ question: Question, _ history: [Message], draft: inout AnswerDraft,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws {
        draft.context = try await planner.quoted(question: question.message, part: .history, [])
        if kind == .fact || kind == .personal, let said = try await said(to: question.message, history) {
            return say(
                replies.said(["text": said]), from: .conversation, draft: &draft, emit: emit)
        }
        let reply =
            switch kind {
            case .personal: replies.personal
            case .compute: replies.compute
            case .command: replies.command
            case .order: isNegated(question.message) ? replies.refrained : replies.order
            default: replies.fact
            }
        say(reply, draft: &draft, emit: emit)
    }

    /// Whether something is not to be done: "don't order anything".
    private func isNegated(_ message: String) -> Bool {
        DoneClaims.tokens(String(message.prefix(200))).contains(where: language.words.questions.negations.contains)
    }

    /// Answers a question for what was asked or said before with the message itself.
    ///
    /// - Returns: whether that is the answer.
    func answerFromMessages(
        _ question: Question, history: [Message], draft: inout AnswerDraft, emit: @Sendable (Event) -> Void
    ) async throws -> Bool {
        guard let asked = RecallQuestion(question.message, in: language) else { return false }
        let messages = history.dropLast().filter { $0.role == .user }
        let found = asked.isOfFirst ? messages.first : messages.last
        draft.context = try await planner.quoted(question: question.message, part: .history, [])
        say(
            found.map { replies.asked(["text": String($0.text.prefix(Self.mostQuoted))]) } ?? replies.nothingSaid,
            from: .conversation, draft: &draft, emit: emit)
        return true
    }

    /// Characters of a message that are told again.
    private static let mostQuoted = 500

    /// Messages of the conversation in which an answer is looked for.
    private static let mostSaid = 30

    /// What the user said in this conversation that answers a question.
    private func said(to question: String, _ history: [Message]) async throws -> String? {
        let all = history.dropLast().filter { $0.role == .user && !$0.text.hasSuffix("?") }
        let own = OwnWords(in: language)
        let asked = own.pairs(in: question)
        if let message = all.last(where: { !own.pairs(in: $0.text).isDisjoint(with: asked) }) {
            return String(message.text.prefix(Self.mostQuoted))
        }
        let told = all.suffix(Self.mostSaid)
        guard !told.isEmpty else { return nil }
        // The last word on a matter comes first.
        let passages = told.reversed().map { message in
            Passage(
                document: message.id, title: "", location: "", text: message.text, score: 1, similarity: nil,
                collection: "", type: "text", source: nil, line: nil, highlights: [])
        }
        return try await passageFinder.best(for: question, of: passages)?.text
    }
}
