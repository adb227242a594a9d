import Core

/// The answers to one request while they are made, all at once.
struct AnswerRun: Sendable {
    private let streams: [AnswerStream]
    /// The first piece of each.
    private let first: [AnswerEvent]
    private let metrics: Metrics
    /// What is known of the answers before their text.
    let notes: AnswerNotes

    /// Waits until each answer has begun, and is not only queued, so that what keeps one from beginning can still be told
    /// by a status, and what was left out by a header.
    ///
    /// - Throws: what making an answer threw; `CancellationError` where the client went.
    init(_ streams: [AnswerStream], until disconnection: DisconnectWatch, metrics: Metrics) async throws {
        self.streams = streams
        self.metrics = metrics
        first = try await metrics.running {
            try await disconnection.cancelling {
                var first: [AnswerEvent] = []
                for stream in streams {
                    var event = AnswerEvent.queued
                    while case .queued = event {
                        guard let next = try await stream.next() else { throw CancellationError() }
                        event = next
                    }
                    first.append(event)
                }
                return first
            }
        }
        var notes = AnswerNotes()
        for event in first {
            switch event {
            case .dropped(let turns): notes.droppedTurns = max(notes.droppedTurns ?? 0, turns)
            case .warning(let text): notes.warnings.append(text)
            case .queued, .text, .logProbabilities, .finished: break
            }
        }
        self.notes = notes
    }

    /// How many answers there are.
    var count: Int { streams.count }

    /// Hands on the pieces of all answers, each with its answer's number, as they come.
    ///
    /// - Throws: what making an answer, or the body, threw; `CancellationError` where the client went.
    func forEach(until disconnection: DisconnectWatch, _ body: (Int, AnswerEvent) async throws -> Void) async throws {
        try await metrics.running {
            try await withThrowingTaskGroup(of: (Int, AnswerEvent?)?.self) { group in
                defer { group.cancelAll() }
                group.addTask {
                    await disconnection.wait()
                    return nil
                }
                for (index, event) in first.enumerated() {
                    if !event.isLast { add(index, to: &group) }
                }
                for (index, event) in first.enumerated() { try await body(index, event) }
                var open = first.count { !$0.isLast }
                while open > 0, let item = try await group.next() {
                    guard case (let index, let event?)? = item else { throw CancellationError() }
                    if event.isLast { open -= 1 } else { add(index, to: &group) }
                    try await body(index, event)
                }
            }
        }
    }

    private func add(_ index: Int, to group: inout ThrowingTaskGroup<(Int, AnswerEvent?)?, any Error>) {
        let stream = streams[index]
        group.addTask { (index, try await stream.next()) }
    }

    /// All answers, when all are whole.
    func collected(until disconnection: DisconnectWatch) async throws -> [CollectedAnswer] {
        var answers = Array(repeating: CollectedAnswer(), count: count)
        try await forEach(until: disconnection) { index, event in answers[index].add(event) }
        for answer in answers { metrics.add(answer.usage) }
        return answers
    }
}

/// An answer so far.
struct CollectedAnswer: Sendable {
    private(set) var text = ""
    private(set) var tokens: [TokenLogProbabilities] = []
    private(set) var reason = FinishReason.stop
    private(set) var usage = Usage()
    private(set) var citations: [Citation] = []
    private(set) var warnings: [String] = []

    /// What there is to know of how it came about.
    var notes: AnswerNotes { AnswerNotes(warnings: warnings, droppedTurns: usage.droppedTurns) }

    mutating func add(_ event: AnswerEvent) {
        switch event {
        case .queued, .dropped: break
        case .warning(let warning): warnings.append(warning)
        case .text(let more): text += more
        case .logProbabilities(let token): tokens.append(token)
        case .finished(let reason, let usage, let citations):
            self.reason = reason
            self.usage = usage
            self.citations = citations
        }
    }

    /// OpenAI's word for why it ended.
    var finishReason: String { reason == .length ? "length" : "stop" }
}

extension [CollectedAnswer] {
    /// What there is to know of how any of them came about.
    var notes: AnswerNotes { reduce(AnswerNotes()) { $0 + $1.notes } }

    /// What answers to one prompt took: the prompt is read once.
    var usage: Usage {
        var usage = first?.usage ?? Usage()
        usage.completionTokens = reduce(0) { $0 + $1.usage.completionTokens }
        return usage
    }
}
