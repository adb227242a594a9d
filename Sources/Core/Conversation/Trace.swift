import Synchronization

/// One thing that was decided or generated on the way to an answer.
public struct TraceEntry: Sendable, Hashable {
    /// Something that was weighed against others.
    public struct Candidate: Sendable, Hashable {
        public var text: String
        public var score: Double

        public init(text: String, score: Double) {
            self.text = text
            self.score = score
        }
    }

    /// What was done: `route` and `arguments` decide on a call, `score` and `generate` ask the model.
    public var stage: String
    /// What it was about, or what the model read.
    public var prompt: String
    /// What there was to choose from, with natural-log probabilities where the model was asked.
    public var candidates: [Candidate]?
    /// What came of it.
    public var output: String?
    public var seconds: Double?

    public init(
        stage: String, prompt: String, candidates: [Candidate]? = nil, output: String? = nil, seconds: Double? = nil
    ) {
        self.stage = stage
        self.prompt = prompt
        self.candidates = candidates
        self.output = output
        self.seconds = seconds
    }
}

/// Collects what happens in a task that wants to know: `Trace.current?.add(…)`.
package final class Trace: Sendable {
    @TaskLocal package static var current: Trace?

    private let collected = Mutex<[TraceEntry]>([])

    package init() {}

    package var entries: [TraceEntry] { collected.withLock { $0 } }

    package func add(_ entry: TraceEntry) { collected.withLock { $0.append(entry) } }
}
