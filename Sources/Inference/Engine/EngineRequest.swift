import Core

/// A request as the engine's thread works on it: its tokens, and how many of them the cache holds.
///
/// `@unchecked Sendable`: made by the asker, handed over once, and touched by the engine's thread alone from then on.
final class EngineRequest: @unchecked Sendable {
    enum Work {
        case generation(Generation)
        case scoring(Scoring)
    }

    let ticket: Int
    let conversation: String
    /// Whether a conversation may go on from its end.
    let isTail: Bool
    let cancel: CancelFlag
    /// Begins the work when the request is first looked at: what it throws fails the request.
    let start: (EngineRequest, inout BatchScheduler) throws(InferenceError) -> Void
    /// Called once, whatever became of it.
    private let leave: () -> Void
    private let failed: (InferenceError) -> Void

    /// The prompt's tokens, where there was a model to make them before the request came to the engine's thread.
    var prepared: TokenizedPrompt?
    /// Set by `start`.
    var work: Work?
    /// The prompt, and what was generated.
    var tokens: [Token] = []
    var promptCount = 0
    var turnStarts: [Int] = []
    var pinned = 0
    /// The first tokens that are never dropped.
    var keep = 0
    /// The sequence it runs on; nil while it waits.
    var sequence: Int?
    /// How many of `tokens` the sequence holds.
    var computed = 0
    /// From here on positions were moved: what the cache holds there is worth nothing to others.
    var sharedLimit = Int.max
    var isRestoring = false
    /// Whether it ran, and had to make room for others.
    var isInterrupted = false
    var hasLookedOnDisk = false
    /// Whether the cache's part of the prompt has been counted.
    var isCounted = false

    init(
        ticket: Int, conversation: String, isTail: Bool, cancel: CancelFlag, leave: @escaping () -> Void,
        failed: @escaping (InferenceError) -> Void,
        start: @escaping (EngineRequest, inout BatchScheduler) throws(InferenceError) -> Void
    ) {
        self.ticket = ticket
        self.conversation = conversation
        self.isTail = isTail
        self.cancel = cancel
        self.leave = leave
        self.failed = failed
        self.start = start
    }

    /// Tokens that must be computed before the next can be chosen.
    var pending: ArraySlice<Token> { tokens[computed...] }

    /// Whether it has begun to answer, so that somebody is reading.
    var isAnswering: Bool { tokens.count > promptCount && pending.count == 1 }

    /// Whether its answer has begun: somebody reads, and waits for what comes next, also while what a grammar forces is
    /// computed.
    var isBeingRead: Bool {
        if case .generation = work { sequence != nil && computed >= promptCount } else { false }
    }

    /// Tokens of the next continuation that is to be scored, which are computed together.
    var leastStep: Int {
        if case .scoring(let scoring) = work { scoring.nextLength } else { 0 }
    }

    var isScoring: Bool {
        if case .scoring = work { computed == tokens.count } else { false }
    }

    /// What others may share of what it has computed.
    var shared: ArraySlice<Token> { tokens.prefix(min(computed, sharedLimit)) }

    /// How many tokens to compute next, at most `most`. Where the cache cannot go back, reading stops at the points
    /// that are worth coming back to.
    func chunk(_ most: Int, checkpoints: Bool) -> Int {
        let count = min(most, pending.count)
        guard checkpoints else { return count }
        let stops = [pinned, promptCount - 1].filter { $0 > computed }
        return min(count, (stops.min() ?? .max) - computed)
    }

    /// Whether a later request may begin here.
    var isCheckpoint: Bool { computed == pinned || computed == promptCount - 1 }

    /// Takes tokens out of the middle.
    func drop(_ plan: TurnDropping.Plan) {
        tokens.removeSubrange(plan.range)
        turnStarts = turnStarts.compactMap { start in
            if start < plan.range.lowerBound { return start }
            return start < plan.range.upperBound ? nil : start - plan.range.count
        }
        if promptCount > plan.range.lowerBound { promptCount -= plan.range.count }
    }

    func addCached(_ count: Int) {
        switch work {
        case .generation(let generation): generation.usage.cachedTokens = count
        case .scoring(let scoring): scoring.usage.cachedTokens = count
        case nil: break
        }
    }

    func end(with error: InferenceError?) {
        if let error { failed(error) }
        leave()
    }
}
