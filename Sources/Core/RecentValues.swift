/// Values that were used last, at most twice so many as are kept at once.
///
/// Inlinable: a search asks for the stem of each word of thirty texts, and asking what is made for any type takes as long as
/// cutting the word to its stem anew.
package struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Those used since the last turn, and those of the turn before, which go at the next one.
    @usableFromInline var recent: [Key: Value] = [:]
    @usableFromInline var earlier: [Key: Value] = [:]
    @usableFromInline let most: Int

    package init(most: Int) {
        self.most = most
    }

    @inlinable package subscript(key: Key) -> Value? { recent[key] ?? earlier[key] }

    /// Takes note that a value was used.
    @inlinable
    package mutating func use(_ value: Value, for key: Key) {
        recent[key] = value
        turn()
    }

    /// Takes note that values were used.
    @inlinable
    package mutating func use(_ used: [Key: Value]) {
        recent.merge(used) { first, _ in first }
        turn()
    }

    @usableFromInline
    mutating func turn() {
        guard recent.count > most else { return }
        earlier = recent
        recent = [:]
    }
}
