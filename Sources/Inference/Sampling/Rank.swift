/// A token and its logit as one number: the likelier is the greater, of equals the lower token, so that what is chosen
/// does not depend on how it was sorted.
struct Rank: Comparable {
    private let value: UInt64

    /// - Parameter logit: a number.
    init(_ token: Token, _ logit: Float) {
        // The bits of positive numbers are ordered as the numbers are, those of negative ones the other way round; and
        // the two zeros are one number.
        let bits = (logit == 0 ? 0 : logit).bitPattern
        let ordered = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
        value = UInt64(ordered) << 32 | UInt64(~UInt32(bitPattern: token))
    }

    var token: Token { Token(bitPattern: ~UInt32(truncatingIfNeeded: value)) }

    var logit: Float {
        let ordered = UInt32(truncatingIfNeeded: value >> 32)
        return Float(bitPattern: ordered >> 31 == 1 ? ordered & ~(1 << 31) : ~ordered)
    }

    static func < (one: Rank, other: Rank) -> Bool { one.value < other.value }
}

extension [Rank] {
    /// Keeps the greatest `limit` in a heap, the least of them first.
    mutating func insert(_ rank: Rank, keeping limit: Int) {
        if count < limit {
            append(rank)
            siftUp()
        } else if let first, rank > first {
            siftDown(rank)
        }
    }

    private mutating func siftUp() {
        var child = count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard self[child] < self[parent] else { return }
            swapAt(parent, child)
            child = parent
        }
    }

    /// Puts a rank in the place of the first.
    private mutating func siftDown(_ rank: Rank) {
        let end = count
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < end else { break }
            if child + 1 < end, self[child + 1] < self[child] { child += 1 }
            guard self[child] < rank else { break }
            self[hole] = self[child]
            hole = child
        }
        self[hole] = rank
    }
}
