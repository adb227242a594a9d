public import Core

/// `assistant/ask`.
public struct AskParameters: Sendable, Hashable, Codable {
    public var message: String
    /// The conversation to continue; a new one where missing.
    public var conversation: String?
    /// The message this one answers; the conversation's newest where missing.
    public var parent: String?
    /// Instructions about who the assistant is and how it speaks.
    public var persona: String?
    public var plugins: NameSelection?
    public var collections: NameSelection?
    public var sampling: Sampling?
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
        plugins: NameSelection? = nil, collections: NameSelection? = nil, sampling: Sampling? = nil,
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

/// What `assistant/ask` returns when the answer is whole and stored.
public struct AskResult: Sendable, Hashable, Codable {
    public var conversation: String
    public var message: Message
    /// What should be known of how the answer was made: operations were still being indexed. It is not stored.
    public var note: String?
    /// Where it was asked for; it is not stored.
    public var trace: [TraceEntry]?

    public init(conversation: String, message: Message, note: String? = nil, trace: [TraceEntry]? = nil) {
        self.conversation = conversation
        self.message = message
        self.note = note
        self.trace = trace
    }
}

/// The parameters of an `assistant/event` notification.
public struct AskEvent: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable {
        case token
        case toolCall
        case toolResult
        case passages
        case queued
        /// Long work has come further; `text` says what is done now.
        case progress
        case done
    }

    /// The `id` of the `assistant/ask` (or `model/complete`) request: a string or a number, as it was sent.
    public var request: JSONValue
    public var type: Kind
    /// With `token`: more of the answer.
    public var text: String?
    /// With `toolCall` and `toolResult`.
    public var step: Step?
    /// With `passages`.
    public var citations: [Citation]?
    /// With `queued`: how many requests are before this one.
    public var position: Int?
    /// With `progress` of work that is counted: how much of it is done, and how much there is as far as is known.
    public var done: Int?
    public var total: Int?

    public init(
        request: JSONValue, type: Kind, text: String? = nil, step: Step? = nil, citations: [Citation]? = nil,
        position: Int? = nil, done: Int? = nil, total: Int? = nil
    ) {
        self.request = request
        self.type = type
        self.text = text
        self.step = step
        self.citations = citations
        self.position = position
        self.done = done
        self.total = total
    }
}
