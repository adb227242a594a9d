import Foundation

/// Makes what would lengthen the repetition of an earlier run of tokens less likely, the more the longer the run is: DRY,
/// "don't repeat yourself" (p-e-w, text-generation-webui pull request 5677).
struct RepeatedRuns {
    private let multiplier: Double
    private let base: Double
    private let allowedLength: Int
    private let window: Int
    private let breakers: [[UInt8]]
    /// The oldest first; up to twice the window, so that dropping costs little.
    private var tokens: [Token] = []
    /// The last bytes of the text, in which a breaker may have begun.
    private var tail: [UInt8] = []
    /// Tokens since the last that ended a breaker: no run reaches over it.
    private var sinceBreak = 0
    /// Tokens that hold a whole breaker, of those seen: they are not penalised.
    private var breaking: Set<Token> = []
    private var overlaps: [Int] = []
    private var longest: [Token: Int] = [:]

    /// - Returns: nil where nothing is penalised.
    init?(_ settings: SamplerSettings) {
        multiplier = settings.dryMultiplier
        base = settings.dryBase
        allowedLength = settings.dryAllowedLength
        window = settings.dryPenaltyLastN
        breakers = settings.drySequenceBreakers.map { Array($0.utf8) }.filter { !$0.isEmpty }
        if multiplier == 0 || window == 0 { return nil }
    }

    /// - Parameter bytes: what the token stands for.
    mutating func append(_ token: Token, bytes: [UInt8]) {
        if tokens.count >= 2 * window { tokens.removeFirst(tokens.count - window) }
        tokens.append(token)
        let text = tail + bytes
        let endsBreak = breakers.contains { breaker in
            // One that ended before this token was counted then.
            Self.lastEnd(of: breaker, in: text) > tail.count
        }
        sinceBreak = endsBreak ? 0 : sinceBreak + 1
        if breakers.contains(where: { Self.lastEnd(of: $0, in: bytes) > 0 }) { breaking.insert(token) }
        let kept = (breakers.map(\.count).max() ?? 1) - 1
        tail = Array(text.suffix(kept))
    }

    /// Where the last occurrence ends; 0 where there is none.
    private static func lastEnd(of breaker: [UInt8], in text: [UInt8]) -> Int {
        guard text.count >= breaker.count else { return 0 }
        for start in (0...(text.count - breaker.count)).reversed()
        where text[start..<(start + breaker.count)].elementsEqual(breaker) {
            return start + breaker.count
        }
        return 0
    }

    mutating func penalize(_ logits: UnsafeMutableBufferPointer<Float>) {
        let count = min(tokens.count, window)
        let limit = min(count, sinceBreak)
        guard count > allowedLength, limit >= allowedLength else { return }
        measureOverlaps(count)
        longest.removeAll(keepingCapacity: true)
        for distance in 1..<count where overlaps[distance] >= allowedLength {
            // What came after the earlier run would come again.
            let next = tokens[tokens.count - distance]
            longest[next] = max(longest[next] ?? 0, min(overlaps[distance], limit))
        }
        for (token, length) in longest where logits.indices.contains(Int(token)) && !breaking.contains(token) {
            // A long run would overflow a Float; a penalty past this bound says no more.
            let penalty = min(multiplier * pow(base, Double(length - allowedLength)), 1e30)
            unsafe logits[Int(token)] -= Float(penalty)
        }
    }

    /// For each distance back, how many of the last tokens also end there: the Z algorithm, on the reversed text.
    private mutating func measureOverlaps(_ count: Int) {
        if overlaps.count < count { overlaps += Array(repeating: 0, count: count + 256 - overlaps.count) }
        let last = tokens.count - 1
        // The stretch from `left` to under `right` is known to equal the beginning.
        var (left, right) = (0, 0)
        for position in 1..<max(1, count) {
            var length = position < right ? min(right - position, overlaps[position - left]) : 0
            while position + length < count, tokens[last - length] == tokens[last - position - length] { length += 1 }
            if position + length > right { (left, right) = (position, position + length) }
            overlaps[position] = length
        }
    }
}
