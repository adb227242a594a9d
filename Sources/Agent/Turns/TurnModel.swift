import Core

/// What one turn begins with.
struct TurnOpening: Sendable {
    var persona: String
    /// The messages so far, the question last.
    var history: [Message]
    /// Those that may be called, by the names the model knows them by.
    var tools: [NamedTool]
    /// Summaries of the conversation's beginning.
    var summaries: [ConversationSummary] = []
    var sampling: Sampling
    /// The date, which the model does not know.
    var today: String
}

/// What a model says in a turn.
struct TurnReply: Sendable {
    var outcome: CallOutcome
    /// What it was given; nil where the question alone decided.
    var context: ContextLedger?
    /// The last message that it was not given and no summary stands for.
    var unsummarised: String?
}

/// A model as a turn asks it: what to call next, or what to say. One for each way to get calls out of a model; the turn
/// knows none of them.
protocol TurnModel: Sendable {
    /// Whether it may answer in words where it calls nothing. One that does not is asked for an answer apart.
    var speaks: Bool { get }

    /// The tools that it is told of: the few of many that a question may be meant for.
    func tools(for opening: TurnOpening) async throws -> [NamedTool]

    /// - Parameter said: called with pieces of a text while it is written; see `CallRequest.said`.
    func reply(
        to opening: TurnOpening, after rounds: [Turn.Round], said: (@Sendable (String) -> Void)?
    ) async throws -> TurnReply
}
