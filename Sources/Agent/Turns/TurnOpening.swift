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
