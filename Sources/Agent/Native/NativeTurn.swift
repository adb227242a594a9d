import Core

/// A turn of a model that has a tool format of its own: it says what to call, is told what came of it, and goes on until it
/// answers.
struct NativeTurn: Sendable {
    let caller: any ToolCalling
    let context: NativeContext
    let shortlist: ToolShortlist
    let executor: CallExecutor
    let limits: TurnLimits
    let policy: CallPolicy

    /// What the model is given to begin with.
    struct Opening: Sendable {
        var persona: String
        /// The messages so far, the question last.
        var history: [Message]
        var tools: [Tool]
        /// Summaries of the conversation's beginning.
        var summaries: [ConversationSummary] = []
        var sampling: Sampling
        /// The date, which the model does not know.
        var today: String
    }

    /// The model's answer, and the last message that it was not given and no summary stands for.
    struct Outcome: Sendable {
        /// Nil where it gave none, as after its last permitted call.
        var text: String?
        var unsummarised: String?
    }

    /// - Parameters:
    ///   - turn: takes note of the calls as they end.
    ///   - said: called with pieces of a text while it is written; see `CallRequest.said`.
    func run(
        _ opening: Opening, turn: inout Turn, draft: inout AnswerDraft, approve: @escaping Assistant.Approve,
        emit: @escaping @Sendable (Assistant.Event) -> Void, said: (@Sendable (String) -> Void)? = nil
    ) async throws -> Outcome {
        let question = opening.history.last?.text ?? ""
        let reading = QuestionReading(QuestionParts.asked(in: question) ?? "", today: opening.today)
        let named = NamedTool.all(of: try await shortlist.best(of: opening.tools, for: reading))
        let tools = named.map(\.renamed)
        var rounds: [NativeContext.Round] = []
        var end = Outcome()
        var repetitions = 0
        while limits.reason(after: draft.usage, isLate: false) == nil, repetitions <= Self.mostRepetitions {
            try Task.checkCancellation()
            let plan = try await context.plan(
                instructions: "\(opening.persona) Today is \(opening.today).", history: opening.history,
                summaries: opening.summaries, tools: tools, rounds: rounds, answerTokens: opening.sampling.maxTokens)
            draft.context = plan.ledger
            end.unsummarised = plan.unsummarised
            var sampling = opening.sampling
            sampling.maxTokens = min(sampling.maxTokens ?? .max, plan.answerTokens)
            // What follows a call is held against its result first.
            let outcome = try await caller.calls(
                for: CallRequest(
                    dialog: plan.dialog, tools: tools, sampling: sampling, said: turn.steps.isEmpty ? said : nil))
            draft.usage += outcome.usage
            guard !outcome.calls.isEmpty else {
                draft.finishReason = outcome.reason
                end.text = outcome.text
                return end
            }
            guard turn.steps.count < turn.maxSteps else {
                draft.finishReason = .steps
                return end
            }
            var round = NativeContext.Round(text: outcome.text)
            var calls: [CallExecutor.Call] = []
            for call in outcome.calls {
                guard let tool = named.first(where: { $0.name == call.operation })?.tool else { continue }
                if let before = turn.steps.first(where: { $0.isCall(of: tool, call.arguments) }) {
                    // The same call is not made twice.
                    repetitions += 1
                    round.calls.append(NativeContext.Round.Call(name: call.operation, step: before, isRepeated: true))
                } else if turn.steps.count + calls.count < turn.maxSteps {
                    calls.append(CallExecutor.Call(tool: tool, arguments: call.arguments))
                }
            }
            let ended = try await executor.make(calls, after: turn.steps, policy, approve: approve, emit: emit)
            for case let step? in ended { turn.called(step, for: nil) }
            try Task.checkCancellation()
            for (call, step) in zip(calls, ended) {
                guard let step else { continue }
                let name = named.first { $0.tool == call.tool }?.name ?? call.tool.operation
                round.calls.append(NativeContext.Round.Call(name: name, step: step))
            }
            rounds.append(round)
        }
        return end
    }

    /// How often a model may repeat a call before it has to do with what it knows.
    private static let mostRepetitions = 2
}

extension Step {
    /// Whether it was this call.
    func isCall(of tool: Tool, _ arguments: JSONValue) -> Bool {
        plugin == tool.plugin && operation == tool.operation && self.arguments == arguments
    }
}
