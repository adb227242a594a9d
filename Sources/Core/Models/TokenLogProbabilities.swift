/// How likely a chosen token was, and what else was likely.
public struct TokenLogProbabilities: Sendable, Hashable {
    public struct Alternative: Sendable, Hashable {
        public var token: Int
        /// The token's bytes as text; bytes that are no whole character stand as U+FFFD.
        public var text: String
        /// The natural logarithm of its probability, before temperature and the like.
        public var logProbability: Double
        /// The token's bytes, where they are no whole characters; nil where they are those of `text`.
        public var bytes: [UInt8]?

        public init(token: Int, text: String, logProbability: Double, bytes: [UInt8]? = nil) {
            self.token = token
            self.text = text
            self.logProbability = logProbability
            self.bytes = bytes
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
