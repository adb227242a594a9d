/// The last tokens of a text, and what makes them less likely to come again.
struct RecentTokens {
    private let window: Int
    private let repeatPenalty: Float
    private let frequencyPenalty: Float
    private let presencePenalty: Float
    /// A ring once it is full.
    private var tokens: [Token] = []
    private var oldest = 0
    private var counts: [Token: Int] = [:]

    /// - Returns: nil where nothing is penalised.
    init?(_ settings: SamplerSettings) {
        window = settings.repeatLastN
        repeatPenalty = settings.repeatPenalty
        frequencyPenalty = settings.frequencyPenalty
        presencePenalty = settings.presencePenalty
        let isNeutral = repeatPenalty == 1 && frequencyPenalty == 0 && presencePenalty == 0
        if window == 0 || isNeutral { return nil }
    }

    mutating func append(_ token: Token) {
        if tokens.count < window {
            tokens.append(token)
        } else {
            let gone = tokens[oldest]
            let left = (counts[gone] ?? 0) - 1
            counts[gone] = left > 0 ? left : nil
            tokens[oldest] = token
            oldest = (oldest + 1) % window
        }
        counts[token, default: 0] += 1
    }

    func penalize(_ logits: UnsafeMutableBufferPointer<Float>) {
        for (token, count) in counts where logits.indices.contains(Int(token)) {
            var logit = unsafe logits[Int(token)]
            // Dividing what is negative would make it likelier.
            logit = logit <= 0 ? logit * repeatPenalty : logit / repeatPenalty
            unsafe logits[Int(token)] = logit - Float(count) * frequencyPenalty - presencePenalty
        }
    }
}
