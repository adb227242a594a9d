import Core

/// A model without a tool format of its own: the question decides what is called.
struct GuidedTurnModel: TurnModel {
    let caller: GuidedCaller

    var speaks: Bool { false }

    func tools(for opening: TurnOpening) -> [NamedTool] { opening.tools }

    func reply(
        to opening: TurnOpening, after rounds: [Turn.Round], said: (@Sendable (String) -> Void)?
    ) async throws -> TurnReply {
        guard !opening.tools.isEmpty else { return TurnReply(outcome: CallOutcome()) }
        // Calls of earlier questions stand under the names the tools have now.
        let names = Dictionary(opening.tools.map { (ToolName($0.tool), $0.name) }) { first, _ in first }
        func made(_ step: Step, _ name: String?) -> MadeCall {
            // No argument is taken from a result.
            MadeCall(
                operation: name ?? names[ToolName(step)] ?? step.operation, arguments: step.arguments.text, result: "",
                isFailed: step.status != .ok)
        }
        let dialog = opening.history.flatMap { message -> [DialogItem] in
            let role: ChatMessage.Role = message.role == .user ? .user : .assistant
            let calls = message.steps.map { made($0, nil) }
            return (calls.isEmpty ? [] : [.calls(calls)]) + [.message(ChatMessage(role, message.text))]
        }
        let since = rounds.map { round in DialogItem.calls(round.calls.map { made($0.step, $0.name) }) }
        let outcome = try await caller.calls(
            for: CallRequest(dialog: dialog + since, tools: opening.tools.map(\.renamed)))
        return TurnReply(outcome: outcome)
    }
}
