import Foundation

/// Logits to choose from, by position. What is not a number, or minus infinity, is never chosen.
///
/// `@safe`: the memory belongs to whoever made the row and outlives it; every position is under `count`.
@safe struct LogitRow {
    private let values: UnsafePointer<Float>
    /// The token at each position; nil where a position is its token.
    private let tokens: UnsafePointer<Token>?
    let count: Int

    init(_ values: UnsafePointer<Float>, tokens: UnsafePointer<Token>? = nil, count: Int) {
        unsafe self.values = values
        unsafe self.tokens = tokens
        self.count = count
    }

    private var wholeBlocks: Int { count / Lanes.scalarCount * Lanes.scalarCount }

    private func block(at position: Int) -> Lanes {
        unsafe UnsafeRawPointer(values + position).loadUnaligned(as: Lanes.self)
    }

    /// The last positions, fewer than a block, filled up with what is never chosen.
    private var remainder: Lanes {
        var block = Lanes(repeating: -.infinity)
        for position in wholeBlocks..<count { unsafe block[position - wholeBlocks] = values[position] }
        return block
    }

    func token(at position: Int) -> Token {
        unsafe tokens.map { unsafe $0[position] } ?? Token(position)
    }

    /// Calls `body` with every block and the position of its first lane, until it returns false.
    @inline(__always)
    private func forEachBlock(_ body: (Lanes, Int) -> Bool) {
        let end = wholeBlocks
        var position = 0
        while position < end {
            guard body(block(at: position), position) else { return }
            position += Lanes.scalarCount
        }
        if end < count { _ = body(remainder, end) }
    }

    /// The highest logit; minus infinity where there is none.
    var highest: Float {
        var best = Lanes(repeating: -.infinity)
        forEachBlock { block, _ in
            best.replace(with: block, where: block .> best)
            return true
        }
        return best.max()
    }

    /// The token of the first position that has this logit.
    func firstToken(with logit: Float) -> Token? {
        var found: Token?
        forEachBlock { block, position in
            guard any(block .== logit) else { return true }
            found = block.indices.first { block[$0] == logit }.map { token(at: position + $0) }
            return false
        }
        return found
    }

    /// Calls `body` with what is over a bar and at most a ceiling, in order. `body` returns the bar from there on.
    @inline(__always)
    func forEach(over bar: Float, upTo ceiling: Float = .infinity, _ body: (Token, Float) -> Float) {
        var bar = bar
        forEachBlock { block, position in
            guard any(block .> bar) else { return true }
            for lane in 0..<Lanes.scalarCount where block[lane] > bar && block[lane] <= ceiling {
                bar = body(token(at: position + lane), block[lane])
            }
            return true
        }
    }

    /// The sum of e^((logit - reference) · scale) over what is over a bar.
    func weight(over bar: Float, reference: Float, scale: Float) -> Double {
        var sum = 0.0
        forEachBlock { block, _ in
            // Most blocks hold nothing that counts where the bar is high.
            if any(block .> bar) { sum += Double(Self.weights(block, bar, reference, scale).sum()) }
            return true
        }
        return sum
    }

    /// The same sum, and that of each weight times its exponent: what the entropy is made of.
    func weightAndExponents(over bar: Float, reference: Float) -> (weight: Double, weightedExponents: Double) {
        var sum = 0.0
        var weighted = 0.0
        forEachBlock { block, _ in
            let weights = Self.weights(block, bar, reference, 1)
            sum += Double(weights.sum())
            // A lane of no weight may hold minus infinity, which times 0 is not a number.
            let exponents = (block - reference).replacing(with: 0, where: weights .== 0)
            weighted += Double((weights * exponents).sum())
            return true
        }
        return (sum, weighted)
    }

    private static func weights(_ block: Lanes, _ bar: Float, _ reference: Float, _ scale: Float) -> Lanes {
        Lanes.exponential(of: (block - reference) * scale).replacing(with: 0, where: .!(block .> bar))
    }

    /// Draws a token with the probability of its weight.
    ///
    /// - Parameters:
    ///   - reference: the highest logit.
    ///   - point: from 0 to under 1, where in the distribution.
    func draw(over bar: Float, reference: Float, scale: Float, at point: Double) -> Token? {
        var rest = point * weight(over: bar, reference: reference, scale: scale)
        var drawn: Token?
        forEachBlock { block, position in
            guard any(block .> bar) else { return true }
            let weights = Self.weights(block, bar, reference, scale)
            let sum = Double(weights.sum())
            guard rest < sum else {
                rest -= sum
                return true
            }
            for lane in 0..<Lanes.scalarCount where weights[lane] > 0 {
                drawn = token(at: position + lane)
                rest -= Double(weights[lane])
                if rest < 0 { break }
            }
            return false
        }
        return drawn
    }

    /// The standard deviation of all finite logits.
    ///
    /// - Parameter reference: the highest logit: near it single precision is enough.
    func deviation(reference: Float) -> Float {
        var sum = 0.0
        var squares = 0.0
        var finite = Lanes.zero
        forEachBlock { block, _ in
            let isLost = .!(block .> -.infinity)
            let differences = (block - reference).replacing(with: 0, where: isLost)
            sum += Double(differences.sum())
            squares += Double((differences * differences).sum())
            finite += Lanes(repeating: 1).replacing(with: 0, where: isLost)
            return true
        }
        let count = Double(finite.sum())
        guard count > 0 else { return 0 }
        let mean = sum / count
        return Float(max(0, squares / count - mean * mean).squareRoot())
    }
}
