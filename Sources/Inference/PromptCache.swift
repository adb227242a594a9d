/// Which tokens each sequence of the KV cache holds, and which sequence a prompt should go on from. Knows nothing of
/// libllama.
struct PromptCache {
    private struct Slot {
        var tokens: [Token] = []
        var lastUse = 0
    }

    private var slots: [Slot]
    private var clock = 0

    init(sequences: Int) {
        slots = Array(repeating: Slot(), count: sequences)
    }

    /// Chooses the sequence that holds the longest beginning of the prompt; without one worth keeping, the sequence
    /// that was used longest ago.
    ///
    /// - Returns: the sequence, and how many tokens of the prompt it holds already. At least the prompt's last token is
    ///   left to compute, since only computing gives logits.
    mutating func choose(for prompt: [Token]) -> (sequence: Int, reused: Int) {
        clock += 1
        var best = (sequence: 0, shared: 0, value: -1)
        for (index, slot) in slots.enumerated() {
            let shared = zip(slot.tokens, prompt).prefix { $0 == $1 }.count
            // Overwriting a long, foreign tail for a short shared head would lose more than it gives.
            let worth = shared * 2 >= slot.tokens.count || shared * 2 >= prompt.count ? shared : 0
            if worth > best.value || (worth == best.value && slot.lastUse < slots[best.sequence].lastUse) {
                best = (index, shared, worth)
            }
        }
        let reused = min(best.shared, prompt.count - 1)
        slots[best.sequence].lastUse = clock
        truncate(best.sequence, to: reused)
        return (best.sequence, reused)
    }

    mutating func append(_ tokens: some Sequence<Token>, to sequence: Int) {
        slots[sequence].tokens += tokens
    }

    mutating func truncate(_ sequence: Int, to count: Int) {
        slots[sequence].tokens.removeLast(max(0, slots[sequence].tokens.count - count))
    }

    func count(of sequence: Int) -> Int { slots[sequence].tokens.count }

    /// Tokens in all sequences.
    var total: Int { slots.reduce(0) { $0 + $1.tokens.count } }

    /// The sequence, other than `sequence`, that was used longest ago and holds anything.
    func oldest(besides sequence: Int) -> Int? {
        slots.indices.filter { $0 != sequence && !slots[$0].tokens.isEmpty }.min {
            slots[$0].lastUse < slots[$1].lastUse
        }
    }
}
