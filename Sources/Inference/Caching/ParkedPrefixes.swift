/// Keys and values that lie in plain memory, out of the KV cache: each the end of a beginning, from a position on, since
/// what comes before it may be held by others.
struct ParkedPrefixes: Sendable {
    struct Entry: Sendable, Hashable {
        /// From the first token on, also those whose keys and values are not here.
        var tokens: [Token]
        /// The position of the first token whose keys and values are here.
        var start: Int
        var state: [UInt8]
        var isPinned: Bool
    }

    let byteLimit: Int
    private(set) var bytes = 0
    /// The one parked last comes last.
    private var entries: [Entry] = []

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    /// Parks an entry; the oldest go where there are too many bytes, those that are pinned last.
    mutating func add(_ entry: Entry) {
        guard entry.state.count <= byteLimit else { return }
        entries.removeAll { $0.start == entry.start && entry.tokens.starts(with: $0.tokens) }
        entries.append(entry)
        bytes = entries.reduce(0) { $0 + $1.state.count }
        while bytes > byteLimit {
            let oldest = entries.firstIndex { !$0.isPinned } ?? 0
            bytes -= entries.remove(at: oldest).state.count
        }
    }

    /// The entry that goes on furthest from the first `known` of `tokens`, and where to remove it.
    ///
    /// - Parameter gain: the tokens it must be worth, at least.
    func find(_ tokens: [Token], known: Int, gain: Int) -> (index: Int, entry: Entry)? {
        var best: (index: Int, count: Int)?
        for (index, entry) in entries.enumerated() where entry.start <= known && entry.tokens.count >= known + gain {
            let shared = sharedCount(entry.tokens[...], tokens[...])
            if shared >= known + gain, shared > best?.count ?? 0 { best = (index, shared) }
        }
        return best.map { ($0.index, entries[$0.index]) }
    }

    /// Removes an entry that was found.
    mutating func remove(at index: Int) {
        bytes -= entries.remove(at: index).state.count
    }
}
