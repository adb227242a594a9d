import Core

/// How long a connection may take for what it does. Knows nothing of channels: it is told what happens and when, and says
/// until when it waits and what is too slow.
struct RequestClock: Sendable {
    typealias Instant = ContinuousClock.Instant

    enum Fault: Sendable, Hashable {
        /// Nothing was asked for so long that the connection is not kept.
        case idle
        /// The head of a request did not come in time.
        case slowHead
        /// A body comes too slowly.
        case slowBody
        /// The client does not read its answer.
        case stalled
    }

    private enum Phase {
        case idle(since: Instant)
        case head(since: Instant)
        /// Bytes that came since then.
        case body(since: Instant, bytes: Int)
        /// Nothing more of the request is awaited.
        case answering(since: Instant)
    }

    private let limits: GatewayLimits
    private var phase: Phase
    /// Requests whose answers are not whole yet.
    private var unanswered = 0
    private var hasAsked = false

    init(limits: GatewayLimits, at now: Instant) {
        self.limits = limits
        phase = .idle(since: now)
    }

    /// What the connection is worth.
    var standing: ConnectionLedger.Standing {
        switch phase {
        case .idle: hasAsked ? .waiting : .newcomer
        case .head: hasAsked ? .waiting : .newcomer
        case .body: .sending
        case .answering: .busy
        }
    }

    /// Whether a request is being answered, or read.
    var isAnswering: Bool { unanswered > 0 }

    // MARK: What happens

    mutating func received(_ bytes: Int, at now: Instant) {
        switch phase {
        case .idle: phase = .head(since: now)
        case .body(let since, let before): phase = .body(since: since, bytes: before + bytes)
        case .head, .answering: break
        }
    }

    mutating func receivedHead(at now: Instant) {
        unanswered += 1
        hasAsked = true
        phase = .body(since: now, bytes: 0)
    }

    mutating func receivedEnd(at now: Instant) {
        // What was answered before it was whole is over now.
        phase = unanswered > 0 ? .answering(since: now) : .idle(since: now)
    }

    mutating func answered(at now: Instant) {
        unanswered = max(0, unanswered - 1)
        if case .answering = phase, unanswered == 0 { phase = .idle(since: now) }
    }

    // MARK: What is due

    /// When to look next.
    var deadline: Instant {
        switch phase {
        case .idle(let since): since + limits.idle
        case .head(let since): since + limits.head
        case .body(let since, _): since + limits.bodyInterval
        case .answering(let since): since + limits.stall
        }
    }

    /// Looks whether something took too long.
    ///
    /// - Parameters:
    ///   - isReading: whether more was waited for all the time: where we do not read, nobody else is slow.
    ///   - isWriting: whether something has waited to be read by the client all the time.
    mutating func check(at now: Instant, isReading: Bool, isWriting: Bool) -> Fault? {
        guard now >= deadline else { return nil }
        switch phase {
        case .idle: return .idle
        case .head: return .slowHead
        case .body(_, let bytes):
            let least = Double(limits.bodyRate) * (limits.bodyInterval / .seconds(1))
            if isReading, Double(bytes) < least { return .slowBody }
            phase = .body(since: now, bytes: 0)
        case .answering:
            if isWriting { return .stalled }
            phase = .answering(since: now)
        }
        return nil
    }
}
