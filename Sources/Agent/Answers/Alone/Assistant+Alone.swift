import Core
import Languages
import Understanding

/// What a model may say by itself: what nobody looked up.
///
/// A small model makes up what it does not know. It states no specific facts, therefore: what asks for one is answered from
/// the conversation, or told to be unknown, and what it says of other matters goes through `AloneGate`.
extension Assistant {
    /// Answers without plugins and documents.
    func answerAlone(_ asked: AskedQuestion, draft: inout AnswerDraft) async throws {
        let kind = try await kind(of: asked)
        let isLarge = try await model.describe().isLarge
        if !isLarge, let kind, !kind.maySpeak {
            return try await answerUnspoken(kind, asked, draft: &draft)
        }
        var gate: AloneGate? = aloneGate(kind, asked, isLarge: isLarge)
        var sampling = sampling(for: asked.question)
        let left = limits.left(after: draft.usage)
        let isShort = left < sampling.maxTokens ?? .max
        if isShort { sampling.maxTokens = left }
        let planned = try await planner.conversation(
            persona: asked.persona, history: asked.history,
            summaries: try await store.summaries(of: asked.conversation),
            answerTokens: sampling.maxTokens)
        draft.context = planned.plan.ledger
        try await answers.free(
            planned.plan, sampling: sampling, conversation: asked.conversation,
            links: GivenLinks(conversation: asked.history), gate: &gate, draft: &draft)
        sayUnproved(gate, asked, kind, draft: &draft)
        // The tokens were up before the end of the first sentence, and half of one is not said.
        if draft.text.isEmpty { draft.say(replies.unsure) }
        if let message = planned.unsummarised { summarizer.note(message, in: asked.conversation) }
        // A context that is smaller than the turn's limit ended it otherwise.
        if isShort, planned.plan.answerTokens == left, draft.finishReason == .length {
            stop([], of: asked, isLate: false, draft: &draft)
        }
    }

    /// Answers with what of a text that a small model with a tool format wrote in place of a call may be said.
    func answerAlone(_ text: String, _ asked: AskedQuestion, draft: inout AnswerDraft) async throws {
        let kind = try await kind(of: asked)
        if let kind, !kind.maySpeak {
            return try await answerUnspoken(kind, asked, draft: &draft)
        }
        var gate = aloneGate(kind, asked, isLarge: false)
        var said = gate.add(text)
        said += gate.finish()
        if !said.allSatisfy(\.isWhitespace) {
            let links = GivenLinks(conversation: asked.history)
            draft.say(links.map { Neutralizer.neutralised(said, .answer($0)) } ?? said, from: .model)
        }
        sayUnproved(gate, asked, kind, draft: &draft)
    }

    /// Says what was not done where the model said it was, and that nothing is known where nothing else is left.
    func sayUnproved(
        _ gate: AloneGate?, _ asked: AskedQuestion, _ kind: RequestKind? = nil, draft: inout AnswerDraft
    ) {
        if let verb = gate?.unproved {
            let separator = draft.text.isEmpty || draft.text.last?.isWhitespace == true ? "" : " "
            draft.say(separator + unproved(verb, asked.message))
        } else if draft.text.isEmpty, gate?.keptBack == true {
            let reply =
                switch kind {
                case .tell: replies.told
                case .chat: replies.chat
                default: replies.unsure
                }
            draft.say(reply)
        }
    }

    private var replies: Answers.Alone { language.words.answers.alone }

    func kind(of asked: AskedQuestion) async throws -> RequestKind? {
        // What a text that is handed over says is not what is asked.
        if LongText(asked.message, in: language) != nil { return .rewrite }
        if OwnWords(in: language).isAskedFor(asked.message) { return .personal }
        return try await RequestReader(vectors: vectors).kind(of: asked.message, after: asked.previous(in: language))
    }

    func aloneGate(_ kind: RequestKind?, _ asked: AskedQuestion, isLarge: Bool) -> AloneGate {
        let claims = DoneClaims(question: asked.message, in: language)
        // What is made up or rewritten says what it likes.
        let madeUp: Set<RequestKind> = [.invent, .code, .rewrite]
        if isLarge {
            let check = kind.map(madeUp.contains) == true ? AloneCheck.nothing : .doings
            return AloneGate(given: [], check: check, claims: claims, language: language)
        }
        let said =
            asked.history.map(\.text) + [asked.message, asked.persona, DateMentions.text(now(), in: Asker.zone)]
        return AloneGate(
            given: said, check: kind?.checks ?? .figuresAndNames,
            claims: kind.map(madeUp.contains) == true ? nil : claims,
            relation: AloneRelation(kind, message: asked.message, said: said, in: language), language: language)
    }

    /// Answers what the model may not answer: with what the user said before, or by saying that it is not known.
    private func answerUnspoken(
        _ kind: RequestKind, _ asked: AskedQuestion, draft: inout AnswerDraft
    ) async throws {
        draft.context = try await planner.quoted(question: asked.message, part: .history, [])
        if kind == .fact || kind == .personal, let said = try await said(to: asked.message, asked.history) {
            return draft.say(replies.said(["text": said]), from: .conversation)
        }
        let reply =
            switch kind {
            case .personal: replies.personal
            case .compute: replies.compute
            case .command: replies.command
            case .order: isNegated(asked.message) ? replies.refrained : replies.order
            default: replies.fact
            }
        draft.say(reply)
    }

    /// Whether something is not to be done: "don't order anything".
    private func isNegated(_ message: String) -> Bool {
        DoneClaims.tokens(String(message.prefix(200))).contains(where: language.words.questions.negations.contains)
    }

    /// Answers a question for what was asked or said before with the message itself.
    ///
    /// - Returns: whether that is the answer.
    func answerFromMessages(_ asked: AskedQuestion, draft: inout AnswerDraft) async throws -> Bool {
        guard let recalled = RecallQuestion(asked.message, in: language) else { return false }
        let messages = asked.history.dropLast().filter { $0.role == .user }
        let found = recalled.isOfFirst ? messages.first : messages.last
        draft.context = try await planner.quoted(question: asked.message, part: .history, [])
        draft.say(
            found.map { replies.asked(["text": String($0.text.prefix(Self.mostQuoted))]) } ?? replies.nothingSaid,
            from: .conversation)
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
