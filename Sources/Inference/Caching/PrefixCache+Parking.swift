import Core

/// Attention passes over every cell up to the last that is used, also over those of others: an answer beside 4,096 cells
/// of idle conversations comes a third slower. So what is idle is moved out of the cells into plain memory, and back
/// when it is asked for, which costs a hundredth of computing it.
extension PrefixCache {
    /// Idle cells that cost less than moving them back and forth.
    private static let mostIdle = 128
    /// Shorter ends are computed again.
    private static let worthParking = 32

    /// Parks what was used longest ago until few idle cells are left.
    mutating func parkIdle(running: [EngineRequest], _ context: inout ModelContext) {
        guard parked.byteLimit > 0 else { return }
        let busy = busy(running, and: nil)
        while tree.cells(besides: busy) > Self.mostIdle {
            guard giveUpOldest(need: .max, busy: busy, mustFree: false, &context) else { return }
        }
    }

    /// Frees the cells of the end of what was used longest ago, and parks it where that is worth it.
    ///
    /// - Parameters:
    ///   - need: cells wanted, where nothing can be parked.
    ///   - mustFree: whether the cells are wanted for something else. Where not, what there is no place for stays in
    ///     them: they cost less than computing it again.
    /// - Returns: whether anything was freed.
    mutating func giveUpOldest(
        need: Int, busy: SequenceSet, mustFree: Bool = true, _ context: inout ModelContext
    ) -> Bool {
        guard parked.byteLimit > 0 else {
            let drops = tree.eviction(need: need, busy: busy, wholeOnly: wholeOnly)
            apply(drops, &context)
            return !drops.isEmpty
        }
        guard let oldest = tree.oldest(besides: busy) else { return false }
        if oldest.range.count >= Self.worthParking, let scratch = tree.takeSequence() {
            context.copy(oldest.sequence, to: scratch, range: oldest.range)
            let place = mustFree ? parked.byteLimit : parked.byteLimit - parked.bytes
            let fits = context.stateSize(of: scratch) <= place
            if fits {
                parked.add(
                    ParkedPrefixes.Entry(
                        tokens: Array(tree.tokens(of: oldest.sequence).prefix(oldest.range.upperBound)),
                        start: oldest.range.lowerBound, state: context.state(of: scratch), isPinned: oldest.isPinned))
            }
            releaseBranch(scratch, &context)
            if !fits && !mustFree { return false }
        }
        apply(tree.eviction(need: .max, busy: busy), &context)
        return true
    }

    /// Moves what is parked of a beginning back into the cells.
    mutating func unpark(_ tokens: [Token], running: [EngineRequest], _ context: inout ModelContext) {
        while true {
            let known = match(tokens)
            guard let wanted = parked.find(tokens, known: known.count, gain: Self.worthParking)?.entry else { return }
            let count = wanted.tokens.count - wanted.start
            guard room(count, running: running, keeping: known.sequence, &context) >= count else { return }
            // Making room parks others, which moves entries and may push this one out.
            guard let (index, entry) = parked.find(tokens, known: known.count, gain: Self.worthParking) else { return }
            guard entry.start == wanted.start, entry.tokens.count == wanted.tokens.count else { continue }
            guard let target = take(from: known.sequence, count: known.count, running: running, &context) else {
                return
            }
            parked.remove(at: index)
            var isWhole = false
            if let scratch = tree.takeSequence() {
                isWhole = unsafe entry.state.withUnsafeBytes {
                    unsafe context.restore($0, to: scratch, tokens: entry.tokens.count)
                }
                if isWhole { context.copy(scratch, to: target, range: known.count..<entry.tokens.count) }
                releaseBranch(scratch, &context)
            }
            if isWhole { tree.extend(target, to: entry.tokens) }
            let busy = busy(running, and: nil)
            for sequence in [known.sequence, target].compactMap({ $0 })
            where !busy.contains(sequence) && tree.isRedundant(sequence) {
                releaseBranch(sequence, &context)
            }
            if isWhole, entry.isPinned { tree.pin(entry.tokens, most: mostPinned) }
        }
    }
}
