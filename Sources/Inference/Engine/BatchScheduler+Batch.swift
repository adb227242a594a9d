import Core

/// One batch: what goes into it, and what comes of it.
extension BatchScheduler {
    /// What one request has in the batch.
    private struct Part {
        var request: EngineRequest
        /// How many of its tokens are computed, guesses aside.
        var count: Int
        var draft: [Token] = []
        /// The batch index of the first token whose logits are asked for.
        var firstRow: Int?
        var branches: (range: Range<Int>, items: [(item: Scoring.Item, row: Int)], sequences: [Int])?
    }

    mutating func computeBatch() throws(InferenceError) {
        let start = ContinuousClock.now
        let parts = plan()
        let tokens = context.batchCount
        guard tokens > 0 else { return preemptLast() }
        switch try context.decode(wanted: parts.map(\.request.cancel)) {
        case .done:
            let seconds = (.now - start) / .seconds(1)
            if parts.contains(where: { !$0.request.isAnswering && !$0.request.isScoring }) {
                chunk.measured(tokens: tokens, seconds: seconds)
            }
            if parts.count == 1, parts[0].request.isAnswering {
                draftCost.measured(guesses: parts[0].draft.count, seconds: seconds)
            }
            for part in parts { try take(part) }
        case .full:
            // The cache's own count is an upper bound; where libllama disagrees, somebody has to make room.
            release(branchesOf: parts)
            if !cache.giveUp(tokens, running: running, &context) { preemptLast() }
        case .aborted:
            release(branchesOf: parts)
            for part in parts { cache.rewind(part.request, &context) }
        }
    }

    /// Fills the batch. Empty where there is no room for a single token.
    private mutating func plan() -> [Part] {
        context.beginBatch()
        var parts: [Part] = []
        var rows = 0
        let answering = running.filter(\.isAnswering)
        let scoring = running.filter(\.isScoring)
        let readers = running.filter { !$0.isAnswering && !$0.isScoring }
            .sorted { (order.served($0.conversation), $0.ticket) < (order.served($1.conversation), $1.ticket) }
        var room = min(
            context.batchSize,
            cache.room(2 * answering.count + chunk.size(beside: answering.count), running: running, &context))

        for request in answering where room > 0 && rows < ModelContext.outputs {
            var part = Part(request: request, count: 1)
            // With several, each guess costs another's token.
            if settings.speculation, answering.count == 1, context.canDropParts,
                case .generation(let generation) = request.work
            {
                let limit = min(
                    room - (answering.count - parts.count), ModelContext.outputs - rows - answering.count,
                    contextSize - request.tokens.count - 1)
                if limit > 0 { part.draft = generation.draft(after: request.tokens, limit: limit, cost: draftCost) }
            }
            part.firstRow = add(request, count: 1, draft: part.draft, wantsLogits: true)
            rows += 1 + part.draft.count
            room -= 1 + part.draft.count
            parts.append(part)
        }
        var budget = min(room, chunk.size(beside: answering.count))
        for request in scoring where budget > 0 && rows < ModelContext.outputs {
            guard let part = branch(request, tokens: min(budget, ModelContext.outputs - rows)) else { continue }
            rows += part.branches?.items.count ?? 0
            budget -= part.branches?.items.count ?? 0
            parts.append(part)
        }
        for (index, request) in readers.enumerated() where budget > 0 {
            let share = max(1, budget / (readers.count - index))
            let count = request.chunk(min(share, budget), checkpoints: !context.canDropParts)
            let isWhole = count == request.pending.count
            guard !isWhole || rows < ModelContext.outputs else { continue }
            let row = add(request, count: count, draft: [], wantsLogits: isWhole)
            parts.append(Part(request: request, count: count, firstRow: isWhole ? row : nil))
            rows += isWhole ? 1 : 0
            budget -= count
        }
        return parts
    }

    /// - Returns: the batch index of the last of the request's own tokens.
    private mutating func add(_ request: EngineRequest, count: Int, draft: [Token], wantsLogits: Bool) -> Int {
        guard let sequence = request.sequence else { return 0 }
        var last = 0
        for offset in 0..<(count + draft.count) {
            let index = request.computed + offset
            let token = offset < count ? request.tokens[index] : draft[offset - count]
            let added = context.add(
                token, at: index, to: CollectionOfOne(sequence), wantsLogits: wantsLogits && offset >= count - 1)
            if offset == count - 1 { last = added }
        }
        return last
    }

    /// Adds the continuations of a scoring request that fit, each on a sequence of its own that shares the prompt.
    private mutating func branch(_ request: EngineRequest, tokens: Int) -> Part? {
        guard case .scoring(let scoring) = request.work, let sequence = request.sequence else { return nil }
        var (range, items) = scoring.items(tokens: tokens, sequences: ModelContext.sequences / 2)
        var taken: [Int] = []
        for _ in range {
            guard let branch = cache.takeBranch(of: sequence, count: request.computed, running: running, &context)
            else {
                break
            }
            taken.append(branch)
        }
        if taken.count < range.count {
            (range, items) = scoring.items(tokens: tokens, sequences: taken.count)
        }
        while taken.count > range.count { cache.releaseBranch(taken.removeLast(), &context) }
        guard !range.isEmpty else { return nil }
        let rows = items.map { item in
            let row = context.add(
                item.token, at: request.computed + item.depth,
                to: item.alternatives.map { taken[$0 - range.lowerBound] }, wantsLogits: true)
            return (item, row)
        }
        return Part(request: request, count: 0, branches: (range, rows, taken))
    }

    private mutating func release(branchesOf parts: [Part]) {
        for part in parts { for sequence in part.branches?.sequences ?? [] { cache.releaseBranch(sequence, &context) } }
    }

    // MARK: After the batch

    private mutating func take(_ part: Part) throws(InferenceError) {
        let request = part.request
        order.charge(request.conversation, tokens: part.count + part.draft.count)
        switch request.work {
        case .generation(let generation):
            request.computed += part.count
            guard let row = part.firstRow else { return cache.store(request, &context) }
            if !request.isAnswering { cache.store(request, &context) }
            try advance(generation, request, part.draft, row)
        case .scoring(let scoring):
            if let branches = part.branches {
                for (item, row) in branches.items {
                    try unsafe context.withLogits(at: row) { logits in unsafe scoring.take(logits, after: item) }
                }
                for sequence in branches.sequences { cache.releaseBranch(sequence, &context) }
                scoring.done(upTo: branches.range.upperBound, computed: branches.items.count)
            } else {
                request.computed += part.count
                cache.store(request, &context)
                guard let row = part.firstRow else { return }
                try unsafe context.withLogits(at: row) { logits in unsafe scoring.begin(logits) }
            }
            if scoring.isDone {
                scoring.finish()
                end(request)
            }
        case nil: break
        }
    }

    /// Chooses tokens as far as the guesses were right, and one more.
    private mutating func advance(
        _ generation: Generation, _ request: EngineRequest, _ draft: [Token], _ row: Int
    ) throws(InferenceError) {
        var right = 0
        while true {
            let outcome = try unsafe context.withLogits(at: row + right) { logits in unsafe generation.advance(logits) }
            guard case .more(let tokens) = outcome else {
                guard case .finished(let reason) = outcome else { return }
                request.computed += right
                if right < draft.count { cache.rewind(request, &context) }
                generation.finish(reason)
                return end(request)
            }
            request.tokens += tokens
            // What was chosen is computed already where it is what was guessed.
            guard right + tokens.count <= draft.count, draft[right...].starts(with: tokens) else { break }
            right += tokens.count
        }
        request.computed += right
        if right < draft.count { cache.rewind(request, &context) }
        if request.tokens.count >= contextSize { makeShorter(request, generation) }
    }
}
