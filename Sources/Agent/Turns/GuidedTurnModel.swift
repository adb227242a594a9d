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
        if rounds.isEmpty, let going = Self.goingOn(opening.history),
            let name = names[ToolName(going.step)]
        {
            let outcome = try await caller.calls(
                for: CallRequest(
                    dialog: [.message(ChatMessage(.user, going.question))], tools: opening.tools.map(\.renamed),
                    choice: .named(name)))
            return TurnReply(outcome: outcome)
        }
        let outcome = try await caller.calls(
            for: CallRequest(dialog: dialog + since, tools: opening.tools.map(\.renamed)))
        return TurnReply(outcome: outcome)
    }

    /// Words of an answer to what was asked back.
    private static let mostWords = 12

    /// The question before the last message, and the last message as an answer to what was asked back for it; nil where
    /// nothing was, or where the message is a question of its own.
    private static func goingOn(_ history: [Message]) -> (question: String, step: Step)? {
        guard history.count >= 3, let answer = history.last, answer.role == .user,
            let step = history[history.count - 2].steps.last, step.errorKind == .argumentsMissing,
            !answer.text.hasSuffix("?"), answer.text.split(separator: " ").count <= mostWords
        else { return nil }
        let asked = history[history.count - 3]
        guard asked.role == .user else { return nil }
        let names = (step.error ?? "").split(separator: ", ").map { NameWords.text(String($0)) }
        // What is asked for by its name is said beside it.
        let said = names.count == 1 ? "\(names[0]) \(answer.text)" : answer.text
        return ("\(asked.text) \(said)", step)
    }
}
