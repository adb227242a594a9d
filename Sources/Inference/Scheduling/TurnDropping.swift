/// Which turns of a conversation that has become too long are left out: whole ones, the oldest first, from the middle.
enum TurnDropping {
    struct Plan: Hashable, Sendable {
        /// The tokens that go.
        var range: Range<Int>
        var turns: Int
    }

    /// - Parameters:
    ///   - count: tokens there are.
    ///   - turnStarts: where turns begin, in tokens, ascending.
    ///   - keep: the first tokens that never go.
    ///   - limit: the most tokens that may be left.
    /// - Returns: nil where no number of whole turns but the last brings it within the limit.
    static func plan(count: Int, turnStarts: [Int], keep: Int, limit: Int) -> Plan? {
        guard let first = turnStarts.firstIndex(where: { $0 >= keep }) else { return nil }
        for end in turnStarts.indices where end > first {
            let range = turnStarts[first]..<turnStarts[end]
            if count - range.count <= limit { return Plan(range: range, turns: end - first) }
        }
        return nil
    }
}
