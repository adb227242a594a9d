package import Core
package import Foundation
import Languages
package import Logging
package import Understanding

/// Calls tools with a model that has no format for it: what is called, and with what, is taken from the question, and
/// the model decides only what the question leaves open.
package struct GuidedModel: ChatModel {
    let model: any TokenModel
    let vectors: TextVectors
    let language: QuestionLanguage
    /// The user's own operations; nil where the tools are a client's.
    let operations: RegisteredOperations?
    let readings: ToolReadings
    let logger: Logger
    let now: @Sendable () -> Date

    /// - Parameters:
    ///   - operations: those of the user's plugins; nil where tools come from a client with each request.
    ///   - language: of the questions and of the tools' descriptions.
    ///   - logger: is told at the level debug what spoke for each tool.
    ///   - now: the time; dates like "tomorrow" count from it.
    package init(
        model: any TokenModel, vectors: TextVectors, operations: RegisteredOperations? = nil,
        language: QuestionLanguage = .english, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.model = model
        self.vectors = vectors
        self.operations = operations
        self.language = language
        readings = operations?.readings ?? ToolReadings(in: language)
        self.logger = logger
        self.now = now
    }

    var callsPlugins: Bool { operations != nil }

    var shortlist: ToolShortlist {
        operations?.shortlist
            ?? ToolShortlist(
                vectors: vectors, readings: readings, mostUnread: ToolShortlist.mostUnreadOfClient,
                most: ToolShortlist.mostOfClient)
    }

    package func card() -> ModelCard { ModelCard(speaks: false) }

    package func tokenCount(of dialog: [DialogItem], tools: [Tool]) async throws -> Int {
        try await model.tokenCount(of: try await model.render(dialog.messages))
    }

    package func respond(to request: ModelRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        ChatReply.stream { _ in try await reply(to: request) }
    }

    private func reply(to request: ModelRequest) async throws -> ChatReply {
        // What tools returned is no part of the question: no argument comes from there.
        let (messages, made) = request.dialog.question
        guard request.choice != .none, let last = messages.last, last.role == .user, !request.tools.isEmpty,
            // What was called for has been called; the answer is made of it.
            request.choice.requiresCall || !request.dialog.endsWithResults,
            let asked = callsPlugins ? QuestionParts.asked(in: last.content) : last.content,
            // Something made up no tool has.
            !callsPlugins || !language.conversation.asksForInvention(asked)
        else { return ChatReply() }
        try await checkLength(of: last.content)
        var tools = request.tools
        if case .named(let name) = request.choice { tools = tools.filter { $0.operation == name } }
        var turn = GuidedTurn(
            tools: tools, today: DateMentions.text(now(), in: Asker.zone),
            earlierQuestion: messages.dropLast().last { $0.role == .user }?.content,
            earlierCall: request.dialog.earlierCall, isOwed: request.choice != .auto,
            allowsParallel: request.allowsParallel)
        if callsPlugins {
            turn.spelling = try await spelling(of: asked, turn.tools)
            // By a place alone that is written alike, nothing is known to be asked for.
            guard !QuestionSpelling.isForeign(turn.spelling.corrected(asked), turn.tools, in: language) else {
                return ChatReply(usage: turn.usage)
            }
        }
        // An agent that is given the same call for ever never ends.
        let known = made.map(PlannedCall.init)
        var calls: [PlannedCall] = []
        for part in QuestionParts.successive(turn.spelling.corrected(asked), in: language) {
            if let call = calls.last {
                turn.earlierCall = EarlierCall(
                    question: turn.earlierQuestion ?? part, operation: call.operation, arguments: call.arguments)
            }
            for chosen in try await chosen(part, &turn) {
                var found = try await self.calls(of: chosen, &turn)
                try await addRivals(of: chosen, to: &found, &turn)
                for call in found where !calls.contains(call) && !known.contains(call) {
                    // Half a question that changes nothing was not understood.
                    let isSame = turn.earlierCall.map {
                        $0.operation == call.operation && $0.arguments == call.arguments
                    }
                    if language.followUps.isOne(part), isSame == true { continue }
                    calls.append(call)
                }
            }
            turn.earlierQuestion = part
        }
        if !request.allowsParallel { calls = Array(calls.prefix(1)) }
        var outcome = ChatReply(calls: calls, usage: turn.usage)
        // What can be done is done first.
        if calls.isEmpty {
            outcome.missing = turn.missing
        } else if callsPlugins {
            outcome.unanswered = try await unanswered(turn.doubtful, beside: calls)
        }
        return outcome
    }

    /// The calls of a model with a format of its own that validate, or can be written so that they do, and, unless these may
    /// be repeated, that were not made for this question already.
    package func valid(
        _ calls: [PlannedCall], for request: ModelRequest, usage: inout Usage
    ) async throws -> [PlannedCall] {
        let (messages, before) = request.dialog.question
        let made = request.allowsRepeats ? [] : before.map(PlannedCall.init)
        let validation = CallValidation(
            writer: ArgumentWriter(model: model, question: messages.last?.content ?? "", language: language),
            isOwed: false)
        var valid: [PlannedCall] = []
        for call in calls where !made.contains(call) {
            guard let tool = request.tools.first(where: { $0.operation == call.operation }),
                let arguments = try await validation.valid(call.arguments, for: tool, usage: &usage)
            else { continue }
            valid.append(PlannedCall(operation: call.operation, arguments: arguments))
        }
        return valid
    }

    /// What speaks for each tool, by the names in `evidenceNames`: what `make fit` fits the weights on. Of many tools only
    /// those that are looked at have any.
    package func evidence(for question: String, tools: [Tool]) async throws -> [(tool: Tool, values: [Double])] {
        let today = DateMentions.text(now(), in: Asker.zone)
        let reading = QuestionReading(question, today: today, in: language)
        let best = try await shortlist.best(of: tools, for: reading)
        _ = try await vectors.embed(best.flatMap { readings.outlines.value(of: $0).texts })
        let fits = try await filled(best, reading)
        let evidence = try await decision(of: tools.count, mayChange: true).evidence(reading, fits)
        return zip(fits, evidence).map { ($0.tool, $1.values) }
    }

    package static var evidenceNames: [String] { ToolEvidence.Name.allCases.map(\.rawValue) }

    /// A message that no context holds is not taken apart for a call first, which takes a minute for some.
    ///
    /// - Throws: `promptTooLong`.
    private func checkLength(of question: String) async throws {
        let context = try await model.describe().context
        // No token is shorter than a byte.
        guard question.utf8.count > context else { return }
        let tokens = try await model.tokenCount(of: Prompt([.text(question)]))
        guard tokens > context else { return }
        throw GuidedError(.promptTooLong, TooLong.sentence(tokens: tokens, room: context))
    }
}

extension [DialogItem] {
    /// The last call that succeeded for the question before the last one.
    fileprivate var earlierCall: EarlierCall? {
        var (questions, calls): ([String], [EarlierCall]) = ([], [])
        for item in self {
            switch item {
            case .message(let message) where message.role == .user: questions.append(message.content)
            case .message: break
            case .calls(let made):
                guard let question = questions.last else { continue }
                calls += made.filter { $0.result != nil && !$0.isFailed }.map {
                    EarlierCall(question: question, operation: $0.operation, arguments: PlannedCall($0).arguments)
                }
            }
        }
        guard let call = calls.last, questions.count > 1, call.question == questions[questions.count - 2] else {
            return nil
        }
        return call
    }
}
