import Core
import Languages

/// A model with a tool format of its own: it says what to call, is told what came of it, and goes on until it answers.
struct NativeTurnModel: TurnModel {
    let caller: any ToolCalling
    let context: NativeContext
    let shortlist: ToolShortlist
    var language = QuestionLanguage.english

    var speaks: Bool { true }

    func tools(for opening: TurnOpening) async throws -> [NamedTool] {
        let question = QuestionParts.asked(in: opening.history.last?.text ?? "") ?? ""
        let best = try await shortlist.best(
            of: opening.tools.map(\.tool), for: QuestionReading(question, today: opening.today, in: language))
        return NamedTool.all(of: best)
    }

    func reply(
        to opening: TurnOpening, after rounds: [Turn.Round], said: (@Sendable (String) -> Void)?
    ) async throws -> TurnReply {
        let tools = opening.tools.map(\.renamed)
        let plan = try await context.plan(
            instructions: language.words.prompts.today(["persona": opening.persona, "today": opening.today]),
            history: opening.history,
            summaries: opening.summaries, tools: tools, rounds: rounds, answerTokens: opening.sampling.maxTokens)
        var sampling = opening.sampling
        sampling.maxTokens = min(sampling.maxTokens ?? .max, plan.answerTokens)
        // What follows a call is held against its result first.
        let outcome = try await caller.calls(
            for: CallRequest(dialog: plan.dialog, tools: tools, sampling: sampling, said: rounds.isEmpty ? said : nil))
        return TurnReply(outcome: outcome, context: plan.ledger, unsummarised: plan.unsummarised)
    }
}
