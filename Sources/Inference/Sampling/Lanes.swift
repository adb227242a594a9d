/// Sixteen numbers at a time: a vocabulary has tens of thousands of logits, and each is looked at for every token.
typealias Lanes = SIMD16<Float>

extension Lanes {
    /// e to the power of each lane, to about one part in ten million; 0 where a lane is under -87 or not a number.
    ///
    /// Splits x into n·ln 2 + r with |r| ≤ ln 2 / 2, takes the Taylor polynomial of r and adds n to the exponent (Cody
    /// and Waite, "Software Manual for the Elementary Functions", 1980).
    ///
    /// - Parameter exponents: at most 0.
    static func exponential(of exponents: Lanes) -> Lanes {
        let isLost = .!(exponents .> -87)
        let x = exponents.replacing(with: 0, where: isLost)
        // Adding 1.5 · 2²³ leaves no bits for a fraction: the sum's low bits are x / ln 2, rounded.
        let shifted = x * 1.442_695_04 + 12_582_912
        let n = shifted - 12_582_912
        let r = (x - n * 0.693_359_375) + n * 0.000_212_194_44
        var sum = Lanes(repeating: 1 / 720)
        sum = sum * r + 1 / 120
        sum = sum * r + 1 / 24
        sum = sum * r + 1 / 6
        sum = sum * r + 0.5
        sum = sum * r + 1
        sum = sum * r + 1
        // Both are sixteen lanes of 32 bits.
        let exponent = unsafe unsafeBitCast(shifted, to: SIMD16<Int32>.self) &- 0x4B40_0000
        let power = unsafe unsafeBitCast((exponent &+ 127) &<< 23, to: Lanes.self)
        return (sum * power).replacing(with: 0, where: isLost)
    }
}
