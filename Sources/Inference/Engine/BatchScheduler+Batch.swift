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
        let parts = plan()
        guard context.batchCount > 0 else { return preemptLast() }
        do throws(InferenceError) {
            try compute(parts)
        } catch {
            release(branchesOf: parts)
            throw error
        }
    }

    private mutating func compute(_ parts: [Part]) throws(InferenceError) {
        let start = ContinuousClock.now
        let tokens = context.batchCount
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

    /// A batch that is being filled.
    private struct Plan {
        var parts: [Part] = []
        /// Positions whose logits are asked for.
        var rows = 0
        /// Tokens there is room for.
        var room: Int
        var rowsLeft: Int { ModelContext.outputs - rows }

        mutating func add(_ part: Part, tokens: Int, rows: Int) {
            parts.append(part)
            self.rows += rows
            room -= tokens
        }
    }

    /// Fills the batch. Empty where there is no room for a single token.
    private mutating func plan() -> [Part] {
        context.beginBatch()
        let answering = running.filter(\.isAnswering)
        let scoring = byService(running.filter(\.isScoring))
        let readers = byService(running.filter { !$0.isAnswering && !$0.isScoring })
        let chunk = chunk.size(beside: running.count(where: \.isBeingRead))
        let most = max(chunk, scoring.map(\.leastStep).max() ?? 0)
        var plan = Plan(
            room: min(context.batchSize, cache.room(2 * answering.count + most, running: running, &context)))
        // A continuation is not parted: one that found no place beside the others has the first one in the next batch.
        if isScoringLate { isScoringLate = !score(scoring, tokens: plan.room, &plan) }
        answer(answering, &plan)
        var budget = min(plan.room, chunk)
        if !scoring.isEmpty, !plan.parts.contains(where: { $0.branches != nil }) {
            let before = plan.room
            isScoringLate = !score(scoring, tokens: readers.isEmpty ? budget : budget / 2, &plan)
            budget -= before - plan.room
        }
        read(readers, budget: budget, &plan)
        // Where nobody else has anything to compute, a continuation that is over the chunk has no next batch to wait for.
        if plan.parts.isEmpty, isScoringLate { isScoringLate = !score(scoring, tokens: plan.room, &plan) }
        return plan.parts
    }

    private func byService(_ requests: [EngineRequest]) -> [EngineRequest] {
        requests.sorted { (order.served($0.conversation), $0.ticket) < (order.served($1.conversation), $1.ticket) }
    }

    /// One token of each running answer, and guesses at more.
    private mutating func answer(_ answering: [EngineRequest], _ plan: inout Plan) {
        for (index, request) in answering.enumerated() where plan.room > 0 && plan.rowsLeft > 0 {
            var part = Part(request: request, count: 1)
            // With several, each guess costs another's token.
            if settings.speculation, answering.count == 1, context.canDropParts,
                case .generation(let generation) = request.work
            {
                let others = answering.count - index
                let limit = min(
                    plan.room - others, plan.rowsLeft - others, contextSize - request.tokens.count - 1)
                if limit > 0 { part.draft = generation.draft(after: request.tokens, limit: limit, cost: draftCost) }
            }
            part.firstRow = add(request, count: 1, draft: part.draft, wantsLogits: true)
            plan.add(part, tokens: 1 + part.draft.count, rows: 1 + part.draft.count)
        }
    }

    /// Continuations of scoring requests, as many as fit.
    ///
    /// - Returns: whether each request has got a place.
    private mutating func score(_ scoring: [EngineRequest], tokens: Int, _ plan: inout Plan) -> Bool {
        var left = tokens
        var isServed = true
        for request in scoring {
            guard let part = branch(request, tokens: min(left, plan.rowsLeft)), let branches = part.branches else {
                isServed = false
                continue
            }
            left -= branches.items.count
            plan.add(part, tokens: branches.items.count, rows: branches.items.count)
        }
        return isServed
    }

    /// A chunk of each prompt.
    private mutating func read(_ readers: [EngineRequest], budget: Int, _ plan: inout Plan) {
        var budget = budget
        for (index, request) in readers.enumerated() where budget > 0 {
            let share = max(1, budget / (readers.count - index))
            let count = request.chunk(min(share, budget), checkpoints: !context.canDropParts)
            let isWhole = count == request.pending.count
            guard !isWhole || plan.rowsLeft > 0 else { continue }
            let row = add(request, count: count, draft: [], wantsLogits: isWhole)
            plan.add(
                Part(request: request, count: count, firstRow: isWhole ? row : nil), tokens: count,
                rows: isWhole ? 1 : 0)
            budget -= count
        }
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
        order.charge(
            request.conversation, tokens: part.count + part.draft.count + (part.branches?.items.count ?? 0))
        switch request.work {
        case .generation(let generation):
            request.computed += part.count
            guard let row = part.firstRow else { return cache.store(request, running: running, &context) }
            if !request.isAnswering { cache.store(request, running: running, &context) }
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
                cache.store(request, running: running, &context)
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

    private mutating func end(_ request: EngineRequest, _ generation: Generation, _ outcome: Generation.Outcome) {
        switch outcome {
        case .more: break
        case .finished(let reason):
            generation.finish(reason)
            end(request)
        case .failed(let error): end(request, with: error)
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
                request.computed += right
                if right < draft.count { cache.rewind(request, &context) }
                return end(request, generation, outcome)
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
