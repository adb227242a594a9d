import Core

/// The KV cache as the scheduler sees it: sequences that begin with what is there already, room made by giving up what
/// was used longest ago, and beginnings kept on disk. Owned by the engine's thread.
struct PrefixCache: ~Copyable {
    var tree: PrefixTree
    var parked: ParkedPrefixes
    private let store: PrefixStore?
    /// A memory that cannot drop a part of a sequence.
    let wholeOnly: Bool
    private let cells: Int
    private var unsaved: [Unsaved] = []
    private var lastRelease = ContinuousClock.now

    private struct Unsaved {
        var tokens: [Token]
        var isPinned: Bool
        var since: ContinuousClock.Instant
    }

    /// Cells of what is pinned, at most.
    var mostPinned: Int { cells / 2 }

    /// Reading a shorter beginning from a file gains nothing over computing it.
    private static let worthStoring = 64
    /// Conversations whose tails wait to be stored at most.
    private static let unsavedTails = 8
    /// A conversation that goes on at once is stored once, and its next turn is not slowed down by storing.
    private static let rest = Duration.milliseconds(1500)

    /// - Parameter parkedBytes: of what is kept in memory beside the cells, at most.
    init(cells: Int, parkedBytes: Int, store: PrefixStore?, wholeOnly: Bool) {
        tree = PrefixTree(sequences: ModelContext.sequences)
        parked = ParkedPrefixes(byteLimit: wholeOnly ? 0 : parkedBytes)
        self.cells = cells
        self.store = store
        self.wholeOnly = wholeOnly
    }

    // MARK: Finding and taking

    func match(_ tokens: [Token]) -> (count: Int, sequence: Int?) {
        tree.match(tokens, wholeOnly: wholeOnly)
    }

    /// How many tokens are held by a sequence for others to share.
    func count(of sequence: Int) -> Int { tree.tokens(of: sequence).count }

    /// A sequence that holds the first `count` tokens of another; nil where all are busy.
    mutating func take(
        from source: Int?, count: Int, running: [EngineRequest], _ context: inout ModelContext
    ) -> Int? {
        var target = tree.takeSequence()
        if target == nil {
            apply(tree.eviction(need: .max, busy: busy(running, and: source), wholeOnly: true), &context)
            target = tree.takeSequence()
        }
        guard let target else { return nil }
        if let source, count > 0 {
            context.copy(source, to: target, count: count)
            tree.share(source, with: target, count: count)
        }
        return target
    }

    /// A sequence for one continuation of what a running one holds.
    mutating func takeBranch(
        of source: Int, count: Int, running: [EngineRequest], _ context: inout ModelContext
    ) -> Int? {
        // The source is named so that it does not have to make room for its own copy.
        guard let branch = take(from: source, count: 0, running: running, &context) else { return nil }
        context.copy(source, to: branch, count: count)
        return branch
    }

    mutating func releaseBranch(_ sequence: Int, _ context: inout ModelContext) {
        context.drop(sequence, from: 0)
        tree.truncate(sequence, to: 0)
    }

    // MARK: Room

    /// Gives up what was used longest ago until there is room for so many tokens, or nothing more to give up.
    ///
    /// - Returns: the tokens there is room for.
    mutating func room(_ need: Int, running: [EngineRequest], keeping: Int? = nil, _ context: inout ModelContext) -> Int
    {
        let busy = busy(running, and: keeping)
        while true {
            // Running requests hold more than others know of.
            let loose = running.reduce(0) { sum, request in
                sum + (request.sequence.map { max(0, request.computed - tree.tokens(of: $0).count) } ?? 0)
            }
            let free = cells - tree.cells - loose
            if free >= need { return free }
            guard giveUpOldest(need: need - free, busy: busy, &context) else { return max(0, free) }
        }
    }

    /// Gives up something, however much room there seems to be.
    mutating func giveUp(_ need: Int, running: [EngineRequest], _ context: inout ModelContext) -> Bool {
        giveUpOldest(need: need, busy: busy(running, and: nil), &context)
    }

    func busy(_ running: [EngineRequest], and other: Int?) -> SequenceSet {
        var busy = SequenceSet()
        for request in running { request.sequence.map { busy.insert($0) } }
        if let other { busy.insert(other) }
        return busy
    }

    mutating func apply(_ drops: [PrefixTree.Drop], _ context: inout ModelContext) {
        for drop in drops {
            context.drop(drop.sequence, from: drop.start)
            tree.truncate(drop.sequence, to: drop.start)
        }
    }

    // MARK: Keeping

    /// Lets others share what a running request has computed so far.
    ///
    /// - Parameter running: whose sequences are not given up for a copy.
    mutating func store(_ request: EngineRequest, running: [EngineRequest], _ context: inout ModelContext) {
        guard let sequence = request.sequence else { return }
        let held = Array(request.tokens.prefix(min(request.computed, request.sharedLimit)))
        tree.extend(sequence, to: held)
        if request.pinned > 0, request.pinned <= held.count { pin(held.prefix(request.pinned)) }
        guard wholeOnly, request.isCheckpoint else { return }
        // What cannot be shortened later is copied now, at a point that is worth coming back to.
        if let copy = take(from: nil, count: 0, running: running, &context) {
            context.copy(sequence, to: copy, count: held.count)
            tree.share(sequence, with: copy, count: held.count)
        }
    }

    private mutating func pin(_ tokens: ArraySlice<Token>) {
        tree.pin(tokens, most: mostPinned)
        let tokens = Array(tokens)
        guard let store, tokens.count >= Self.worthStoring, !store.holds(tokens),
            !unsaved.contains(where: { $0.isPinned && $0.tokens == tokens })
        else { return }
        unsaved.append(Unsaved(tokens: tokens, isPinned: true, since: .now))
    }

    /// Takes a sequence back from a request that has ended; what it computed stays until the room is needed.
    ///
    /// - Parameter isTail: whether a conversation may go on from there, also after a restart.
    mutating func release(
        _ sequence: Int, holding tokens: ArraySlice<Token>, isTail: Bool, _ context: inout ModelContext
    ) {
        lastRelease = .now
        context.drop(sequence, from: tokens.count)
        tree.extend(sequence, to: Array(tokens))
        if tree.isRedundant(sequence, wholeOnly: wholeOnly) {
            context.drop(sequence, from: 0)
            tree.truncate(sequence, to: 0)
        }
        guard isTail, store != nil, tokens.count >= Self.worthStoring else { return }
        // A tail that goes on takes the place of what it goes on from.
        unsaved.removeAll { !$0.isPinned && tokens.starts(with: $0.tokens) }
        unsaved.append(Unsaved(tokens: Array(tokens), isPinned: false, since: .now))
        if unsaved.count(where: { !$0.isPinned }) > Self.unsavedTails,
            let oldest = unsaved.firstIndex(where: { !$0.isPinned })
        {
            unsaved.remove(at: oldest)
        }
    }

    /// Drops what a sequence holds beyond what the request has computed; all of it where a part cannot be dropped.
    mutating func rewind(_ request: EngineRequest, _ context: inout ModelContext) {
        guard let sequence = request.sequence else { return }
        if wholeOnly {
            request.computed = 0
            tree.clear(sequence)
        }
        context.drop(sequence, from: request.computed)
    }

    /// Takes tokens out of the middle of a running request's sequence. Where the positions behind cannot be moved, they
    /// are read again.
    mutating func cut(_ request: EngineRequest, _ range: Range<Int>, _ context: inout ModelContext) {
        guard let sequence = request.sequence else { return }
        let isOwn = tree.isExclusive(sequence, from: range.lowerBound)
        if range.lowerBound > 0 { tree.truncate(sequence, to: range.lowerBound) } else { tree.clear(sequence) }
        if isOwn, context.canShift, context.canDropParts {
            context.cut(sequence, range)
            request.computed -= range.count
            // Behind the cut, keys and values know of tokens that are gone.
            request.sharedLimit = min(request.sharedLimit, range.lowerBound)
        } else if context.canDropParts {
            context.drop(sequence, from: range.lowerBound)
            request.computed = range.lowerBound
        } else {
            tree.clear(sequence)
            context.drop(sequence, from: 0)
            request.computed = 0
        }
    }

    // MARK: Disk

    /// The stored beginning that is worth reading for these tokens.
    func stored(_ tokens: [Token], known: Int) -> String? {
        guard let store, let found = store.match(tokens, wholeOnly: wholeOnly),
            min(found.count, tokens.count - 1) >= known + Self.worthStoring
        else { return nil }
        return found.path
    }

    /// Reads a stored beginning, off the thread.
    func load(_ path: String, then: @escaping @Sendable ((tokens: [Token], state: [UInt8])?) -> Void) {
        if let store { store.load(path, then: then) } else { then(nil) }
    }

    /// Puts a stored beginning into the cache.
    mutating func restore(
        _ loaded: (tokens: [Token], state: [UInt8]), from path: String, running: [EngineRequest],
        _ context: inout ModelContext
    ) {
        guard room(loaded.tokens.count, running: running, &context) >= loaded.tokens.count,
            let sequence = take(from: nil, count: 0, running: running, &context)
        else { return }
        let isWhole = unsafe loaded.state.withUnsafeBytes {
            unsafe context.restore($0, to: sequence, tokens: loaded.tokens.count)
        }
        if isWhole {
            tree.extend(sequence, to: loaded.tokens)
        } else {
            tree.truncate(sequence, to: 0)
            store?.drop(path)
        }
    }

    /// Stores the next beginning that is due. Called when nothing runs.
    ///
    /// - Returns: how long until the next is due; nil where none waits.
    mutating func saveNext(_ context: inout ModelContext) -> Duration? {
        guard let index = unsaved.firstIndex(where: \.isPinned) ?? unsaved.indices.first else { return nil }
        let next = unsaved[index]
        let rest = Self.rest - (.now - max(next.since, lastRelease))
        if rest > .zero { return rest }
        unsaved.remove(at: index)
        save(next, &context)
        return .zero
    }

    /// Stores all that waits, and returns when it is on disk.
    mutating func saveAll(_ context: inout ModelContext) {
        for next in unsaved { save(next, &context) }
        unsaved = []
        store?.flush()
    }

    private mutating func save(_ next: Unsaved, _ context: inout ModelContext) {
        unpark(next.tokens, running: [], &context)
        let found = match(next.tokens)
        guard let store, found.count == next.tokens.count, let source = found.sequence else { return }
        if wholeOnly { return store.save(next.tokens, isPinned: next.isPinned, state: context.state(of: source)) }
        // A sequence that holds just these tokens and no more.
        guard let copy = takeBranch(of: source, count: next.tokens.count, running: [], &context) else { return }
        store.save(next.tokens, isPinned: next.isPinned, state: context.state(of: copy))
        releaseBranch(copy, &context)
    }
}
