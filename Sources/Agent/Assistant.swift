package import Core
package import Foundation
import Languages
package import Logging
package import Understanding

/// Answers questions: finds the tool a question calls for, calls it, and answers from what it said.
package struct Assistant: Sendable {
    let chat: any ChatModel
    let finder: any ToolFinder
    let answers: AnswerWriter
    let passageFinder: PassageFinder
    let passageAnswer: PassageAnswer
    let planner: ContextPlanner
    let summarizer: ConversationSummarizer
    let vectors: TextVectors
    let dialog: TurnDialog
    let model: any TokenModel
    let tools: any ToolProvider
    let store: any ConversationStore
    let executor: CallExecutor
    let limits: TurnLimits
    let language: QuestionLanguage
    let settings: Settings
    let logger: Logger
    let now: @Sendable () -> Date

    /// - Parameters:
    ///   - model: writes answers.
    ///   - chat: says what to call.
    ///   - finder: finds the tools that a question may be meant for.
    ///   - vectors: what remembers the embedder's vectors.
    ///   - language: of the questions, the plugins' documents and the answers.
    ///   - now: the time; dates like "tomorrow" count from it.
    package init(
        model: any TokenModel, chat: any ChatModel, finder: any ToolFinder, embedder: any Embedder,
        vectors: TextVectors, tools: any ToolProvider, store: any ConversationStore,
        approvals: any ApprovalStore, passages: any PassageSource,
        settings: Settings = Settings(), language: QuestionLanguage = .english, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.model = model
        self.chat = chat
        self.finder = finder
        self.vectors = vectors
        self.tools = tools
        self.store = store
        executor = CallExecutor(tools: tools, approvals: approvals, phrases: language.words.answers.approvals)
        limits = TurnLimits(tokens: settings.turnTokens, seconds: settings.turnSeconds, language: language)
        self.language = language
        self.settings = settings
        self.logger = logger
        self.now = now
        planner = ContextPlanner(model: model, language: language)
        answers = AnswerWriter(
            model: model, embedder: embedder, planner: planner, reading: ReadingThread(name: "squire.reading"),
            language: language)
        dialog = TurnDialog(context: TurnContext(planner: planner, chat: chat))
        passageFinder = PassageFinder(source: passages, embedder: embedder, language: language)
        passageAnswer = PassageAnswer(model: model, planner: planner, language: language)
        summarizer = ConversationSummarizer(
            writer: SummaryWriter(model: model, counts: planner.counts, language: language), store: store,
            logger: logger)
    }

    /// Stores the question, works on it, stores the answer and returns it.
    ///
    /// When the task is cancelled, what there is of the answer is stored with the finish reason `cancelled` and returned.
    ///
    /// - Parameter approve: asks the user about a call; what it throws is taken for a no.
    /// - Throws: `AgentError`, and what the store, the tools and the model throw; the question is stored by then, unless
    ///   it was the question that is wrong.
    package func ask(
        _ question: Question, approve: @escaping Approve, emit: @escaping @Sendable (Event) -> Void
    ) async throws -> Message.InConversation {
        let start = ContinuousClock.now
        let offered = try await offered(question)
        let asked = try await store.appendQuestion(
            question.message, conversation: question.conversation, parent: question.parent)
        let store = store
        let answer = try await answer(
            AskedQuestion(
                question, conversation: asked.conversation, tools: offered,
                persona: question.persona ?? settings.persona, honoursPermissions: true, approve: approve),
            to: asked.message, since: start, emit: emit
        ) {
            try await store.path(to: asked.message.id, conversation: asked.conversation)
        }
        // A task of its own: the answer is stored also when this one is cancelled.
        try await Task { try await store.append(answer, conversation: asked.conversation) }.value
        return Message.InConversation(conversation: asked.conversation, message: answer)
    }

    /// Works on the last question of a conversation that somebody else keeps, and stores nothing. Nobody is there to be
    /// asked, so that what would be asked about is not called; and who asks is not known to be the user, so that what was
    /// allowed for good does not count. Otherwise as `ask`.
    ///
    /// - Parameters:
    ///   - earlier: the messages before the question, the oldest first.
    ///   - refusal: why what would be asked about is not called, as the rest of a sentence.
    package func answer(
        _ question: Question, after earlier: [Message], refusal: String,
        emit: @escaping @Sendable (Event) -> Void
    ) async throws -> Message {
        let start = ContinuousClock.now
        let offered = try await offered(question)
        let message = Message(
            id: UUID().uuidString.lowercased(), parent: earlier.last?.id, role: .user, text: question.message,
            createdAt: now())
        return try await answer(
            AskedQuestion(
                question, conversation: message.id, tools: offered,
                persona: question.persona ?? settings.persona, honoursPermissions: false,
                approve: { _ in ApprovalAnswer(.deny, reason: refusal) }),
            to: message, since: start, emit: emit
        ) { earlier + [message] }
    }

    /// The tools that may be called for a question.
    ///
    /// - Throws: what is wrong with the question.
    private func offered(_ question: Question) async throws -> [Tool] {
        guard question.message.contains(where: { !$0.isWhitespace }) else {
            throw AgentError(.messageEmpty, "message is empty; ask something")
        }
        let maxSteps = question.maxSteps ?? settings.maxSteps
        guard (0...32).contains(maxSteps) else {
            throw AgentError(.maxStepsInvalid, "maxSteps must be from 0 to 32, not \(maxSteps)")
        }
        if case .named(let names) = question.collections { try await passageFinder.source.requireCollections(names) }
        guard maxSteps > 0 else { return [] }
        try await prepare()
        return try await tools.tools(question.plugins)
    }

    private func answer(
        _ asked: AskedQuestion, to message: Message, since start: ContinuousClock.Instant,
        emit: @escaping @Sendable (Event) -> Void, history: @escaping @Sendable () async throws -> [Message]
    ) async throws -> Message {
        try await Asker.$timeZone.withValue(asked.question.timeZone) {
            try await limits.run { clock in
                let approve = asked.approve
                var asked = asked.asking { request in try await clock.standing { try await approve(request) } }
                var draft = AnswerDraft(emit: emit)
                var steps: [Step] = []
                do {
                    asked.history = try await history().map(\.unmarked)
                    try await work(asked, steps: &steps, draft: &draft)
                } catch {
                    // What was being done may say in words of its own that it was cancelled.
                    guard error is CancellationError || Task.isCancelled else { throw error }
                    draft.finishReason = .cancelled
                    if clock.isLate { stop(steps, of: asked, isLate: true, draft: &draft) }
                }
                return Message(
                    id: UUID().uuidString.lowercased(), parent: message.id, role: .assistant, text: draft.text,
                    createdAt: now(), citations: draft.citations, steps: steps, finishReason: draft.finishReason,
                    usage: draft.usage,
                    timings: Timings(
                        firstTokenSeconds: draft.firstToken.map { ($0 - start) / .seconds(1) },
                        totalSeconds: (.now - start) / .seconds(1)),
                    context: draft.context, support: draft.support)
            }
        }
    }

    /// How a text for a question is generated.
    func sampling(for question: Question) -> Sampling {
        question.sampling?.filled(from: settings.sampling) ?? settings.sampling
    }

    /// Ends an answer that may take no more: what plugins said stands, and why there is no more is said.
    func stop(_ steps: [Step], of asked: AskedQuestion, isLate: Bool, draft: inout AnswerDraft) {
        guard let reason = limits.reason(after: draft.usage, isLate: isLate) else { return }
        draft.finishReason = .length
        let good = draft.text.isEmpty ? steps.filter { $0.status == .ok } : []
        let results = good.map { ReadResult($0, in: language) }
        let links = GivenLinks(said: [asked.message], read: results)
        let facts = results.map { Neutralizer.neutralised($0.plain(question: asked.message), .answer(links)) }
        let text = (draft.text.isEmpty ? "" : " ") + (facts + [reason]).joined(separator: " ")
        draft.say(text, from: good.isEmpty ? nil : .step)
    }

    /// Makes summaries of conversations that have outgrown their share, while nobody waits, until it is cancelled.
    package func summarize() async {
        await summarizer.run()
    }
}
