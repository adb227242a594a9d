/// How much of a prompt is read at once. While an answer is running its next token waits for the whole batch, so the
/// chunk is what this machine reads in a bounded time, learned from the batches before.
struct ChunkSize {
    /// Seconds a token of a prompt takes, as last measured. Begins with a slow machine's.
    private(set) var secondsPerToken = 0.004
    private let most: Int

    /// Well under what a reader of a stream takes for a stop.
    private static let besideAnswers = 0.08
    /// Bounds how long a new request or a cancellation waits for a prompt that is read alone.
    private static let alone = 1.0
    private static let least = 8
    /// ggml's attention takes so many rows of a prompt at a time (`GGML_FA_TILE_Q`), and fewer as slowly; and pieces of
    /// one size have libllama build its graph once.
    private static let tile = 64
    /// How many times longer than expected a batch counts at most.
    private static let mostSurprise = 4.0

    init(most: Int) {
        self.most = most
    }

    /// - Parameter answering: how many running answers wait for this batch, each of which adds a token to it.
    func size(beside answering: Int) -> Int {
        let seconds = answering > 0 ? Self.besideAnswers : Self.alone
        let tokens = min(most - answering, max(Self.least, Int(seconds / secondsPerToken) - answering))
        guard answering == 0, tokens > Self.tile else { return max(1, tokens) }
        return tokens / Self.tile * Self.tile
    }

    /// Learns from a batch that was computed and held a piece of a prompt.
    mutating func measured(tokens: Int, seconds: Double) {
        // A few tokens take about as long as one; they say nothing of many.
        guard tokens >= Self.least else { return }
        // A batch that was held up (by a machine that slept, by others' work) says little of the next, and what is
        // learned from many of them is unlearned by the small pieces that follow.
        let measured = min(seconds / Double(tokens), Self.mostSurprise * secondsPerToken)
        secondsPerToken += (measured - secondsPerToken) / 3
    }
}
