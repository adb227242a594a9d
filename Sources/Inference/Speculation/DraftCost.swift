/// What a batch with guesses costs beside one without, learned from the batches that were computed. It is not in
/// proportion: on two cores two tokens may cost as much as two batches, and nine as much as five and a half.
struct DraftCost {
    static let longest = 8

    /// Seconds of a batch of one token.
    private var single: Double?
    /// Batches of one token that one with so many guesses takes as long as. Begins as measured on two cores.
    private var batches = (0...longest).map { $0 == 0 ? 1 : 1.5 + 0.5 * Double($0) }

    subscript(guesses: Int) -> Double { batches[guesses] }

    /// Learns from a batch that held one answer's token, guesses after it, and nothing else.
    mutating func measured(guesses: Int, seconds: Double) {
        guard guesses > 0 else {
            single = single.map { $0 + (seconds - $0) / 8 } ?? seconds
            return
        }
        guard let known = single, guesses <= Self.longest else { return }
        // One token takes no longer than many: a batch that was held up is forgotten so.
        let single = min(known, seconds)
        self.single = single
        // Never more than one batch for each: what took longer was held up by something else.
        let measured = min(seconds / single, Double(1 + guesses))
        batches[guesses] += (measured - batches[guesses]) / 4
    }
}
