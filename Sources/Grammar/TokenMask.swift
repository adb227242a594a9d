/// Which tokens may come next.
package struct TokenMask: Sendable, Hashable {
    /// Bit `i % 64` of word `i / 64` says whether token `i` may.
    package let words: [UInt64]
    /// How many may.
    package let count: Int

    init(words: [UInt64]) {
        self.words = words
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    package func contains(_ token: Int32) -> Bool {
        words[Int(token) / 64] & (1 << UInt64(token % 64)) != 0
    }

    /// The only token that may; nil where there are several, or none.
    package var only: Int32? {
        guard count == 1, let index = words.firstIndex(where: { $0 != 0 }) else { return nil }
        return Int32(index * 64 + words[index].trailingZeroBitCount)
    }
}
