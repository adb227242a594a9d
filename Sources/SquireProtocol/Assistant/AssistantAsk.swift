public import Core

/// Asks a question. The answer comes when it is whole and stored; `AssistantEvent` tells what happens meanwhile.
public enum AssistantAsk: RPCMethod {
    public static let name = "assistant/ask"

    public struct Parameters: Sendable, Hashable, Codable {
        public var message: String
        /// The conversation to continue; a new one where missing.
        public var conversation: String?
        /// The message this one answers; the conversation's newest where missing.
        public var parent: String?
        /// Instructions about who the assistant is and how it speaks.
        public var persona: String?
        public var plugins: WireNameSelection?
        public var collections: WireNameSelection?
        public var sampling: WireSampling?
        /// The most plugin calls of this turn.
        public var maxSteps: Int?
        /// Whether `token` events are sent; they are unless this is false.
        public var stream: Bool?
        /// Whether the result tells what was decided and what the model read on the way.
        public var trace: Bool?
        /// The IANA name of the asker's time zone, in which "now", "today" and "here" are meant; the daemon's where missing.
        public var timeZone: String?

        public init(
            message: String, conversation: String? = nil, parent: String? = nil, persona: String? = nil,
            plugins: WireNameSelection? = nil, collections: WireNameSelection? = nil, sampling: WireSampling? = nil,
            maxSteps: Int? = nil, stream: Bool? = nil, trace: Bool? = nil, timeZone: String? = nil
        ) {
            self.message = message
            self.conversation = conversation
            self.parent = parent
            self.persona = persona
            self.plugins = plugins
            self.collections = collections
            self.sampling = sampling
            self.maxSteps = maxSteps
            self.stream = stream
            self.trace = trace
            self.timeZone = timeZone
        }
    }

    /// One thing that was decided or generated on the way to an answer.
    public struct TraceEntry: Sendable, Hashable, Codable {
        /// Something that was weighed against others.
        public struct Candidate: Sendable, Hashable, Codable {
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

    public struct Result: Sendable, Hashable, Codable {
        public var conversation: String
        public var message: WireMessage
        /// What should be known of how the answer was made: operations were still being indexed. It is not stored.
        public var note: String?
        /// Where it was asked for; it is not stored.
        public var trace: [TraceEntry]?

        public init(conversation: String, message: WireMessage, note: String? = nil, trace: [TraceEntry]? = nil) {
            self.conversation = conversation
            self.message = message
            self.note = note
            self.trace = trace
        }
    }
}
