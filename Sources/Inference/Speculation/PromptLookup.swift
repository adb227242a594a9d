/// Guesses the next tokens by what followed the same tokens before, in the prompt or in the answer (prompt lookup
/// decoding: Saxena, 2023). Arguments and quotations copy, and there it guesses right; what it guesses is verified in
/// one batch, so that a wrong guess costs time and changes nothing.
///
/// How often it would have been right is seen at every token, also where nothing was drafted: learning costs nothing.
/// What a draft costs is measured too, so that it guesses only where that has paid on this machine.
struct PromptLookup {
    /// The fewest tokens that must be the same.
    private static let window = 3
    /// More that are the same say no more.
    private static let mostSame = 32

    /// Where each run of three tokens ended last.
    private var ends: [UInt64: Int] = [:]
    private var seen = 0
    /// Where the earlier tokens end that are the same as the last ones, and how many are.
    private var source: (end: Int, same: Int)?
    /// How likely the next token is guessed right where 3 to 4, 5 to 8, 9 to 16, and more tokens are the same.
    private var likelihoods = [0.3, 0.6, 0.8, 0.9]

    /// The tokens that may come next, at most `limit`: as many as give most tokens for the time they cost, if any do.
    mutating func draft(after tokens: [Token], limit: Int, cost: DraftCost) -> ArraySlice<Token> {
        follow(tokens)
        guard let source else { return [] }
        let most = min(limit, DraftCost.longest, tokens.count - source.end)
        var best = (count: 0, gain: 1.0)
        var allRight = 1.0
        var expected = 1.0
        for count in 1...max(1, most) where count <= most {
            allRight *= likelihoods[Self.bucket(source.same + count - 1)]
            expected += allRight
            if expected / cost[count] > best.gain { best = (count, expected / cost[count]) }
        }
        return tokens[source.end..<(source.end + best.count)]
    }

    /// Looks at the tokens that are new. The first time, that is the prompt, which says nothing of what is generated.
    private mutating func follow(_ tokens: [Token]) {
        if seen > tokens.count { self = PromptLookup() }
        let isPrompt = seen == 0
        for index in seen..<tokens.count {
            if let (end, same) = source {
                let isRight = tokens[end] == tokens[index]
                if !isPrompt {
                    let bucket = Self.bucket(same)
                    likelihoods[bucket] += ((isRight ? 1 : 0) - likelihoods[bucket]) / 8
                }
                source = isRight ? (end + 1, min(same + 1, Self.mostSame)) : nil
            }
            guard let key = Self.key(tokens, endingAt: index + 1) else { continue }
            if source == nil, let end = ends[key] {
                let same = (1...Self.mostSame).prefix { $0 <= end && tokens[end - $0] == tokens[index + 1 - $0] }.count
                source = (end, same)
            }
            ends[key] = index + 1
        }
        seen = tokens.count
    }

    private static func bucket(_ same: Int) -> Int {
        switch same {
        case ...4: 0
        case ...8: 1
        case ...16: 2
        default: 3
        }
    }

    /// Three tokens in one word; vocabularies are far smaller than 2²¹.
    private static func key(_ tokens: [Token], endingAt end: Int) -> UInt64? {
        guard end >= window else { return nil }
        return tokens[(end - window)..<end].reduce(UInt64?(0)) { key, token in
            guard let key, token >= 0, token < 1 << 21 else { return nil }
            return key << 21 | UInt64(token)
        }
    }
}
