import Core

/// A turn of a model that has a tool format of its own: it says what to call, is told what came of it, and goes on until it
/// answers.
struct NativeTurn: Sendable {
    let caller: any ToolCalling
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
        var sampling: Sampling
        /// The date, which the model does not know.
        var today: String
    }

    /// - Parameter turn: takes note of the calls as they end.
    /// - Returns: the model's answer; nil where it gave none, as after its last permitted call.
    func run(
        _ opening: Opening, turn: inout Turn, draft: inout AnswerDraft, approve: @escaping Assistant.Approve,
        emit: @escaping @Sendable (Assistant.Event) -> Void
    ) async throws -> String? {
        let question = opening.history.last?.text ?? ""
        let reading = QuestionReading(question, today: opening.today)
        let named = NamedTool.all(of: try await shortlist.best(of: opening.tools, for: reading))
        var dialog = [DialogItem.message(ChatMessage(.system, "\(opening.persona) Today is \(opening.today)."))]
        for message in opening.history { dialog += Self.items(of: message) }
        let tools = named.map(\.renamed)
        var repetitions = 0
        while limits.reason(after: draft.usage, isLate: false) == nil, repetitions <= Self.mostRepetitions {
            try Task.checkCancellation()
            let outcome = try await caller.calls(
                for: CallRequest(dialog: dialog, tools: tools, sampling: opening.sampling))
            draft.usage += outcome.usage
            guard !outcome.calls.isEmpty else {
                draft.finishReason = outcome.reason
                return outcome.text
            }
            guard turn.steps.count < turn.maxSteps else {
                draft.finishReason = .steps
                return nil
            }
            if let text = outcome.text { dialog.append(.message(ChatMessage(.assistant, text))) }
            var made: [MadeCall] = []
            var calls: [CallExecutor.Call] = []
            for call in outcome.calls {
                guard let tool = named.first(where: { $0.name == call.operation })?.tool else { continue }
                if let before = turn.steps.first(where: { $0.isCall(of: tool, call.arguments) }) {
                    // The same call is not made twice.
                    repetitions += 1
                    made.append(
                        MadeCall(
                            operation: call.operation, arguments: call.arguments.text,
                            result: "You have made this call already. \(Self.told(before))"))
                } else if turn.steps.count + calls.count < turn.maxSteps {
                    calls.append(CallExecutor.Call(tool: tool, arguments: call.arguments))
                }
            }
            let ended = try await executor.make(calls, after: turn.steps, policy, approve: approve, emit: emit)
            for case let step? in ended { turn.called(step, for: nil) }
            try Task.checkCancellation()
            for (call, step) in zip(calls, ended) {
                let name = named.first { $0.tool == call.tool }?.name ?? call.tool.operation
                made.append(
                    MadeCall(operation: name, arguments: call.arguments.text, result: step.map(Self.told)))
            }
            dialog.append(.calls(made))
        }
        return nil
    }

    /// How often a model may repeat a call before it has to do with what it knows.
    private static let mostRepetitions = 2

    /// What a model is told of a call that ended.
    private static func told(_ step: Step) -> String {
        if let result = step.result { return ResultText.lines(result) }
        return "Error: \(step.error ?? "no reason given")"
    }

    /// A message of the conversation, with the calls made for it.
    private static func items(of message: Message) -> [DialogItem] {
        guard message.role == .assistant else { return [.message(ChatMessage(.user, message.text))] }
        let made = message.steps.map {
            MadeCall(operation: $0.operation, arguments: $0.arguments.text, result: told($0))
        }
        return (made.isEmpty ? [] : [.calls(made)]) + [.message(ChatMessage(.assistant, message.text))]
    }
}

extension Step {
    /// Whether it was this call.
    func isCall(of tool: Tool, _ arguments: JSONValue) -> Bool {
        plugin == tool.plugin && operation == tool.operation && self.arguments == arguments
    }
}
