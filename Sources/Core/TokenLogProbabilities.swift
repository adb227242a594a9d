/// How likely a chosen token was, and what else was likely.
public struct TokenLogProbabilities: Sendable, Hashable, Codable {
    public struct Alternative: Sendable, Hashable, Codable {
        public var token: Int
        /// The token's bytes as text; bytes that are no whole character stand as U+FFFD.
        public var text: String
        /// The natural logarithm of its probability, before temperature and the like.
        public var logProbability: Double

        public init(token: Int, text: String, logProbability: Double) {
            self.token = token
            self.text = text
            self.logProbability = logProbability
        }
    }

    public var chosen: Alternative
    /// The likeliest tokens, the likeliest first; the chosen one may be among them.
    public var likeliest: [Alternative]

    public init(chosen: Alternative, likeliest: [Alternative]) {
        self.chosen = chosen
        self.likeliest = likeliest
    }
}
