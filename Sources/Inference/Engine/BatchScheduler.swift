import Core
import Grammar

/// Puts the next tokens of all running requests into one batch, again and again: an answer gives one token (and guesses
/// at more), a prompt gives a chunk, so that none waits for another's end. Owned by the engine's thread.
struct BatchScheduler: ~Copyable {
    let model: Model
    let contextSize: Int
    let settings: ContextSettings
    private let activity: Activity
    private let onRun: (Int, Bool) -> Void
    private let wake: @Sendable (@escaping @Sendable (inout BatchScheduler) -> Void) -> Void
    var context: ModelContext
    var cache: PrefixCache
    var chunk: ChunkSize
    var draftCost = DraftCost()
    var order = FairOrder()
    private var waiting: [EngineRequest] = []
    var running: [EngineRequest] = []
    /// Whether a continuation to be scored found no place in the last batch.
    var isScoringLate = false
    private var automata: [(constraint: Constraint, automaton: TokenAutomaton)] = []
    private lazy var vocabulary = model.makeVocabulary()

    /// Grammars whose masks are kept.
    private static let keptAutomata = 32
    private static let keptBytes = 48 << 20

    /// - Parameters:
    ///   - onRun: told the ticket of a request that begins to run, or has to wait again.
    ///   - wake: runs something on the engine's thread, soon.
    /// - Throws: `modelFailed`.
    init(
        model: Model, settings: ContextSettings, store: PrefixStore?, activity: Activity,
        onRun: @escaping (Int, Bool) -> Void,
        wake: @escaping @Sendable (@escaping @Sendable (inout BatchScheduler) -> Void) -> Void
    ) throws(InferenceError) {
        self.model = model
        self.settings = settings
        self.activity = activity
        self.onRun = onRun
        self.wake = wake
        contextSize = min(settings.context, model.trainedContext)
        context = try ModelContext(model: model, settings: settings, cells: max(contextSize, settings.cache ?? 0))
        cache = PrefixCache(
            cells: context.cells, parkedBytes: settings.parkedMegabytes << 20, store: store,
            wholeOnly: !context.canDropParts)
        chunk = ChunkSize(most: context.batchSize)
    }

    // MARK: Requests

    mutating func submit(_ request: EngineRequest) {
        guard !request.cancel.isSet else { return request.end(with: nil) }
        do throws(InferenceError) {
            try request.start(request, &self)
        } catch {
            return request.end(with: error)
        }
        order.join(request.conversation)
        waiting.append(request)
    }

    /// The automaton of a grammar, with the masks that were computed for it.
    mutating func automaton(of constraint: Constraint, _ grammar: CompiledGrammar) -> TokenAutomaton {
        if let index = automata.firstIndex(where: { $0.constraint == constraint }) {
            let found = automata.remove(at: index)
            automata.append(found)
            return found.automaton
        }
        let made = TokenAutomaton(grammar, vocabulary: vocabulary)
        // Whoever is generating under one that goes keeps it.
        while !automata.isEmpty,
            automata.count >= Self.keptAutomata || automata.reduce(0, { $0 + $1.automaton.bytes }) > Self.keptBytes
        {
            automata.removeFirst()
        }
        automata.append((constraint, made))
        return made
    }

    mutating func end(_ request: EngineRequest, with error: InferenceError? = nil) {
        if let sequence = request.sequence {
            cache.release(sequence, holding: request.shared, isTail: request.isTail, &context)
            request.sequence = nil
        }
        running.removeAll { $0 === request }
        waiting.removeAll { $0 === request }
        order.leave(request.conversation)
        request.end(with: error)
    }

    /// Ends everything: the engine is stopping.
    mutating func stop(with error: InferenceError) {
        for request in running + waiting {
            if case .generation(let generation) = request.work, request.sequence != nil {
                generation.finish(.cancelled)
                end(request)
            } else {
                end(request, with: error)
            }
        }
        cache.saveAll(&context)
    }

    // MARK: Steps

    /// Does the next piece of work.
    ///
    /// - Returns: how long nothing needs to be done unless something arrives; nil is for ever.
    mutating func step() -> Duration? {
        for request in running + waiting where request.cancel.isSet { end(request) }
        admit()
        activity.isBusy = !running.isEmpty
        guard !running.isEmpty else {
            // So that the first grammar does not wait for it.
            _ = vocabulary
            return cache.saveNext(&context)
        }
        do throws(InferenceError) {
            try computeBatch()
        } catch {
            for request in running { end(request, with: error) }
        }
        return .zero
    }

    /// Lets waiting requests begin while there are places: those that ran before, then the least served conversation's.
    private mutating func admit() {
        guard !waiting.isEmpty, running.count < settings.parallel else { return }
        order.advance(running: running.lazy.map(\.conversation))
        let interrupted = waiting.filter(\.isInterrupted)
        let others = waiting.filter { !$0.isInterrupted }
        let candidates = interrupted + order.order(others.map(\.conversation)).map { others[$0] }
        for request in candidates where running.count < settings.parallel && !request.isRestoring {
            switch begin(request) {
            case .begun:
                waiting.removeAll { $0 === request }
                running.append(request)
                request.isInterrupted = false
                onRun(request.ticket, true)
            case .waitsForOther: continue
            // Shorter ones that came later do not take the room again and again.
            case .waitsForRoom: return
            case .cannotBegin: end(request, with: cacheFull)
            }
        }
    }

    private enum Beginning {
        case begun
        case waitsForRoom
        /// For a file, or for another that is reading the same beginning.
        case waitsForOther
        /// Nothing runs that could make room.
        case cannotBegin
    }

    /// Gives a request a sequence with the longest beginning of its tokens that is there.
    private mutating func begin(_ request: EngineRequest) -> Beginning {
        // The logits after the last token come from computing it; a memory without parts cannot go one back for that.
        let usable = cache.wholeOnly ? Array(request.tokens.dropLast()) : request.tokens
        var known = cache.match(usable)
        for other in running {
            let shared = sharedCount(other.tokens[...], request.tokens[...])
            let isComing = other.computed < min(shared, other.promptCount)
            let isWhole = shared == request.tokens.count
            if isComing, isWhole || shared >= known.count + Self.worthSharing { return .waitsForOther }
        }
        // Before anything is moved into the cells for it: whoever waits for room asks at every step.
        if !hasRoom(for: request, known), !running.isEmpty { return .waitsForRoom }
        cache.unpark(usable, running: running, &context)
        known = cache.match(usable)
        if !request.hasLookedOnDisk {
            request.hasLookedOnDisk = true
            if let path = cache.stored(request.tokens, known: known.count) {
                restore(request, from: path)
                return .waitsForOther
            }
        }
        if !hasRoom(for: request, known) {
            guard running.isEmpty else { return .waitsForRoom }
            // Alone, it may have all the room, also that of its own beginning.
            known = (0, nil)
            _ = cache.room(request.tokens.count + Self.reserve(of: request), running: [], &context)
        }
        known.count = min(known.count, request.tokens.count - 1)
        guard let sequence = cache.take(from: known.sequence, count: known.count, running: running, &context) else {
            return running.isEmpty ? .cannotBegin : .waitsForRoom
        }
        request.sequence = sequence
        request.computed = cache.count(of: sequence)
        cache.parkIdle(running: running + [request], &context)
        if !request.isCounted {
            request.isCounted = true
            request.addCached(min(request.computed, request.promptCount))
        }
        return .begun
    }

    /// Makes room for a request beside those that run, which were promised what they have not used yet.
    ///
    /// - Returns: whether there is enough.
    private mutating func hasRoom(for request: EngineRequest, _ known: (count: Int, sequence: Int?)) -> Bool {
        let promised = running.reduce(0) { $0 + $1.tokens.count - $1.computed + Self.reserve(of: $1) }
        let own = request.tokens.count - min(known.count, request.tokens.count - 1) + Self.reserve(of: request)
        return cache.room(own + promised, running: running, keeping: known.sequence, &context) >= own + promised
    }

    private mutating func restore(_ request: EngineRequest, from path: String) {
        request.isRestoring = true
        cache.load(path) { [wake] loaded in
            wake { scheduler in
                request.isRestoring = false
                if let loaded {
                    scheduler.cache.restore(loaded, from: path, running: scheduler.running, &scheduler.context)
                }
            }
        }
    }

    /// Another's prompt is waited for when it saves at least as many tokens, or is the same.
    private static let worthSharing = 32

    /// Cells kept for what a request still generates; of a long answer not all, since most end before.
    private static func reserve(of request: EngineRequest) -> Int {
        switch request.work {
        case .generation(let generation): min(64, max(1, generation.remaining))
        case .scoring, nil: 64
        }
    }

    // MARK: Too long, or too many

    /// Drops turns from the middle of a conversation that fills the context, or ends its answer.
    mutating func makeShorter(_ request: EngineRequest, _ generation: Generation) {
        let limit = contextSize - contextSize / 4
        guard
            let plan = TurnDropping.plan(
                count: request.tokens.count, turnStarts: request.turnStarts, keep: request.keep, limit: limit)
        else {
            generation.finish(.length)
            return end(request)
        }
        request.drop(plan)
        generation.usage.droppedTurns = (generation.usage.droppedTurns ?? 0) + plan.turns
        cache.cut(request, plan.range, &context)
    }

    private var cacheFull: InferenceError {
        InferenceError(
            .decodeFailed, "the cache of \(context.cells) tokens is full; raise model.cache or model.context")
    }

    /// Takes the place of the request that came last, which goes on when there is room: what it said stays said.
    mutating func preemptLast() {
        guard let last = running.max(by: { $0.ticket < $1.ticket }) else { return }
        guard running.count > 1 else {
            return end(last, with: cacheFull)
        }
        if let sequence = last.sequence {
            cache.release(sequence, holding: last.shared, isTail: false, &context)
        }
        last.sequence = nil
        last.computed = 0
        last.isInterrupted = true
        running.removeAll { $0 === last }
        // Before all that came later, and behind what was interrupted and came before.
        waiting.insert(last, at: waiting.firstIndex { $0.ticket > last.ticket } ?? waiting.endIndex)
        onRun(last.ticket, false)
    }
}
