/// Tokens an answer took, over all the model calls of its turn.
public struct WireUsage: Sendable, Hashable, Codable {
    public var promptTokens: Int
    /// Those of the prompt that were not computed again.
    public var cachedTokens: Int
    public var completionTokens: Int
    /// Whole turns that were left out of the middle of a conversation that did not fit the context; nil where all of it
    /// did.
    public var droppedTurns: Int?

    public init(promptTokens: Int = 0, cachedTokens: Int = 0, completionTokens: Int = 0, droppedTurns: Int? = nil) {
        self.promptTokens = promptTokens
        self.cachedTokens = cachedTokens
        self.completionTokens = completionTokens
        self.droppedTurns = droppedTurns
    }
}
