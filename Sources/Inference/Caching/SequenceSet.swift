/// A set of sequence ids, 0 to 63.
struct SequenceSet: Hashable, Sendable {
    var bits: UInt64 = 0

    init(bits: UInt64 = 0) { self.bits = bits }
    init(_ sequence: Int) { bits = 1 << UInt64(sequence) }

    var isEmpty: Bool { bits == 0 }
    var count: Int { bits.nonzeroBitCount }
    /// The lowest id in the set.
    var first: Int? { bits == 0 ? nil : bits.trailingZeroBitCount }

    func contains(_ sequence: Int) -> Bool { bits & (1 << UInt64(sequence)) != 0 }
    func isDisjoint(with other: SequenceSet) -> Bool { bits & other.bits == 0 }
    mutating func insert(_ sequence: Int) { bits |= 1 << UInt64(sequence) }
    mutating func remove(_ sequence: Int) { bits &= ~(1 << UInt64(sequence)) }

    var members: [Int] {
        var rest = bits
        var members: [Int] = []
        while rest != 0 {
            members.append(rest.trailingZeroBitCount)
            rest &= rest - 1
        }
        return members
    }
}
