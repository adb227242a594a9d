public import Core

/// Measures how the chat model runs best, and keeps it for the next start.
public enum ModelTune: RPCMethod {
    public static let name = "model/tune"

    public struct Parameters: Sendable, Hashable, Codable {
        /// Forgets what an earlier tuning chose, in place of measuring.
        public var undo: Bool?

        public init(undo: Bool? = nil) {
            self.undo = undo
        }
    }

    /// What was measured, and what the model is run with from the next start on.
    public struct Result: Sendable, Hashable, Codable {
        public struct Trial: Sendable, Hashable, Codable {
            /// The weights' format: `original`, or one they were requantized to.
            public var format: String
            /// Threads, batch, the cache's type and attention, in words.
            public var settings: String
            /// Tokens a second of a prompt, of one answer, and of eight together.
            public var promptSpeed: Double
            public var generationSpeed: Double
            public var eightSpeed: Double
            public var perplexity: Double
            /// Whether the perplexity is within the bound: one hundredth over the original's.
            public var isGoodEnough: Bool
            public var isChosen: Bool

            public init(
                format: String, settings: String, promptSpeed: Double, generationSpeed: Double, eightSpeed: Double,
                perplexity: Double, isGoodEnough: Bool, isChosen: Bool
            ) {
                self.format = format
                self.settings = settings
                self.promptSpeed = promptSpeed
                self.generationSpeed = generationSpeed
                self.eightSpeed = eightSpeed
                self.perplexity = perplexity
                self.isGoodEnough = isGoodEnough
                self.isChosen = isChosen
            }
        }

        public var model: String
        /// Empty after `undo`.
        public var trials: [Trial]
        /// What was chosen and why, or what was undone, in a sentence.
        public var summary: String

        public init(model: String, trials: [Trial], summary: String) {
            self.model = model
            self.trials = trials
            self.summary = summary
        }
    }
}
