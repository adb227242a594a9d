/// Values that were used last, at most twice so many as are kept at once.
struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Those used since the last turn, and those of the turn before, which go at the next one.
    private var recent: [Key: Value] = [:]
    private var earlier: [Key: Value] = [:]
    private let most: Int

    init(most: Int) {
        self.most = most
    }

    subscript(key: Key) -> Value? { recent[key] ?? earlier[key] }

    /// Takes note that values were used.
    mutating func use(_ used: [Key: Value]) {
        recent.merge(used) { first, _ in first }
        guard recent.count > most else { return }
        earlier = recent
        recent = [:]
    }
}
