/// Notices an answer that goes round in circles: small models say the same again until their tokens are used up.
struct LoopWatch {
    /// Bytes at the end of the answer that are the same piece again and again before it counts.
    private static let leastBytes = 400
    /// So often a piece stands in them at least.
    private static let leastTimes = 4
    private static let longestPiece = 512
    /// Bytes between two looks.
    private static let stride = 64

    private var tail: [UInt8] = []
    private var unseen = 0

    /// Takes more of the answer.
    ///
    /// - Returns: whether it is a loop by now.
    mutating func add(_ text: String) -> Bool {
        tail += text.utf8
        unseen += text.utf8.count
        let most = Self.longestPiece * Self.leastTimes
        if tail.count > 2 * most { tail.removeFirst(tail.count - most) }
        guard unseen >= Self.stride, tail.count >= Self.leastBytes else { return false }
        unseen = 0
        return (1...Self.longestPiece).contains { length in
            let needed = max(Self.leastBytes, Self.leastTimes * length)
            guard tail.count >= needed else { return false }
            let end = tail.endIndex
            return (end - needed + length..<end).allSatisfy { tail[$0] == tail[$0 - length] }
        }
    }
}
