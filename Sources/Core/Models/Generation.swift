package struct GenerationRequest: Sendable {
    package var prompt: Prompt
    package var sampling: Sampling
    /// What the generated text must be.
    package var constraint: Constraint?
    /// Whether a text of `sampling.stop` that ended the generated text is handed on at its end.
    package var keepsStop: Bool
    /// Requests of one conversation are served in the order they came; conversations share the model evenly. A request
    /// without one is a conversation of its own.
    package var conversation: String?

    package init(
        prompt: Prompt, sampling: Sampling = Sampling(), constraint: Constraint? = nil, keepsStop: Bool = false,
        conversation: String? = nil
    ) {
        self.prompt = prompt
        self.sampling = sampling
        self.constraint = constraint
        self.keepsStop = keepsStop
        self.conversation = conversation
    }
}

package enum GenerationEvent: Sendable, Hashable {
    /// Waiting; so many requests are before this one.
    case queued(position: Int)
    /// So many whole turns were left out of the middle of a conversation that does not fit the context; comes before any
    /// text.
    case dropped(turns: Int)
    /// More of the text, whole characters only.
    case text(String)
    /// How likely the token just chosen was, and what else was likely; only where `sampling.logProbabilities` asks.
    case logProbabilities(TokenLogProbabilities)
    /// The end; nothing follows.
    case finished(reason: FinishReason, usage: Usage)
}
