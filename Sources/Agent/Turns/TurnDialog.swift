import Core
import Languages
import Understanding

/// What a chat model is given for the next step of a turn.
struct TurnDialog: Sendable {
    let context: TurnContext

    struct Step: Sendable {
        var request: ModelRequest
        /// What the model is given; nil where the question alone decides.
        var ledger: ContextLedger?
        /// The last message that it is not given and no summary stands for.
        var unsummarised: String?
    }

    /// - Parameter rounds: the calls of this turn so far.
    /// - Throws: `promptTooLong`.
    func next(_ opening: TurnOpening, after rounds: [Turn.Round], for card: ModelCard) async throws -> Step {
        card.speaks ? try await planned(opening, after: rounds) : Step(request: asked(opening, after: rounds))
    }

    /// For a model that answers in words: the conversation and the results as far as they fit.
    private func planned(_ opening: TurnOpening, after rounds: [Turn.Round]) async throws -> Step {
        let tools = opening.tools.map(\.renamed)
        let prompts = context.planner.language.words.prompts
        let plan = try await context.plan(
            instructions: prompts.today(["persona": opening.persona, "today": opening.today]),
            history: opening.history, summaries: opening.summaries, tools: tools, rounds: rounds,
            answerTokens: opening.sampling.maxTokens)
        var sampling = opening.sampling
        sampling.maxTokens = min(sampling.maxTokens ?? .max, plan.answerTokens)
        return Step(
            request: ModelRequest(dialog: plan.dialog, tools: tools, allowsRepeats: true, sampling: sampling),
            ledger: plan.ledger, unsummarised: plan.unsummarised)
    }

    /// For a model that says what to call and nothing else: what was asked and called, and no results, since no argument
    /// is taken from one.
    private func asked(_ opening: TurnOpening, after rounds: [Turn.Round]) -> ModelRequest {
        // Calls of earlier questions stand under the names the tools have now.
        let names = Dictionary(opening.tools.map { (ToolName($0.tool), $0.name) }) { first, _ in first }
        let tools = opening.tools.map(\.renamed)
        if rounds.isEmpty, let going = Self.goingOn(opening.history), let name = names[ToolName(going.step)] {
            return ModelRequest(
                dialog: [.message(ChatMessage(.user, going.question))], tools: tools, choice: .named(name))
        }
        func made(_ step: Core.Step, _ name: String?) -> MadeCall {
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
        return ModelRequest(dialog: dialog + since, tools: tools)
    }

    /// Words of an answer to what was asked back.
    private static let mostWords = 12

    /// The question before the last message, and the last message as an answer to what was asked back for it; nil where
    /// nothing was, or where the message is a question of its own.
    private static func goingOn(_ history: [Message]) -> (question: String, step: Core.Step)? {
        guard history.count >= 3, let answer = history.last, answer.role == .user,
            let step = history[history.count - 2].steps.last, let missing = step.missing, !missing.isEmpty,
            !answer.text.hasSuffix("?"), answer.text.split(separator: " ").count <= mostWords
        else { return nil }
        let asked = history[history.count - 3]
        guard asked.role == .user else { return nil }
        // What is asked for by its name is said beside it.
        let said = missing.count == 1 ? "\(NameWords.text(missing[0])) \(answer.text)" : answer.text
        return ("\(asked.text) \(said)", step)
    }
}
