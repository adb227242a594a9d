public import Foundation

/// Who wrote a message.
public enum Role: String, Sendable, Hashable {
    case user
    case assistant
}

/// Why an answer ended.
public enum FinishReason: String, Sendable, Hashable {
    /// The model said it was done.
    case stop
    /// The token limit was reached.
    case length
    /// It said the same again and again.
    case repetition
    /// The turn had used all the plugin calls it may make.
    case steps
    /// It was cut: by the asker, by a lost connection, or by the daemon stopping.
    case cancelled
}

/// One plugin call made for an answer.
public struct Step: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable {
        case ok
        case error
        case denied
    }

    public var plugin: String
    public var operation: String
    public var arguments: JSONValue
    /// Nil while the call runs.
    public var status: Status?
    /// What the plugin said, when it succeeded.
    public var result: JSONValue?
    /// What failed, when it did not.
    public var error: String?
    /// What that failure means for making the call again.
    public var errorKind: ToolFailureKind?
    /// The names of the required arguments that nobody said, where the call was not made for that reason.
    public var missing: [String]?
    public var seconds: Double?

    public init(
        plugin: String, operation: String, arguments: JSONValue, status: Status? = nil,
        result: JSONValue? = nil, error: String? = nil, errorKind: ToolFailureKind? = nil, missing: [String]? = nil,
        seconds: Double? = nil
    ) {
        self.plugin = plugin
        self.operation = operation
        self.arguments = arguments
        self.status = status
        self.result = result
        self.error = error
        self.errorKind = errorKind
        self.missing = missing
        self.seconds = seconds
    }
}

/// Where a statement of an answer comes from.
public struct Citation: Sendable, Hashable {
    public var number: Int
    public var source: String
    public var title: String
    public var location: String
    public var quote: String

    public init(number: Int, source: String, title: String, location: String, quote: String) {
        self.number = number
        self.source = source
        self.title = title
        self.location = location
        self.quote = quote
    }
}

/// What a sentence of an answer rests on.
public struct Support: Sendable, Hashable {
    public enum Origin: String, Sendable, Hashable {
        /// What a plugin returned.
        case step
        /// What a document of the user's says.
        case passage
        /// What the question says.
        case question
        /// What is worked out in the answer itself, and shown.
        case arithmetic
        /// What was said before.
        case conversation
        /// The model alone: nobody looked it up.
        case model
    }

    public var text: String
    public var from: Origin
    /// The number of the citation, where there is one.
    public var number: Int?

    public init(text: String, from: Origin, number: Int? = nil) {
        self.text = text
        self.from = from
        self.number = number
    }
}

/// Tokens an answer took, over all the model calls of its turn.
public struct Usage: Sendable, Hashable {
    public var promptTokens: Int
    /// Those of the prompt that were not computed again.
    public var cachedTokens: Int
    public var completionTokens: Int
    /// Whole turns that were left out of the middle of a conversation that did not fit the context; nil where all of it
    /// did.
    public var droppedTurns: Int?

    public init(promptTokens: Int = 0, cachedTokens: Int = 0, completionTokens: Int = 0, droppedTurns: Int? = nil) {
        self.promptTokens = promptTokens
        self.cachedTokens = cachedTokens
        self.completionTokens = completionTokens
        self.droppedTurns = droppedTurns
    }

    public static func += (total: inout Usage, more: Usage) {
        total.promptTokens += more.promptTokens
        total.cachedTokens += more.cachedTokens
        total.completionTokens += more.completionTokens
        if let more = more.droppedTurns { total.droppedTurns = (total.droppedTurns ?? 0) + more }
    }
}

/// How long an answer took, in seconds from the moment its turn began.
public struct Timings: Sendable, Hashable {
    public var firstTokenSeconds: Double?
    public var totalSeconds: Double

    public init(firstTokenSeconds: Double? = nil, totalSeconds: Double) {
        self.firstTokenSeconds = firstTokenSeconds
        self.totalSeconds = totalSeconds
    }
}

/// One message of a conversation. Messages form a tree through `parent`, so that a conversation
/// can branch.
public struct Message: Sendable, Hashable {
    public var id: String
    public var parent: String?
    public var role: Role
    public var text: String
    public var createdAt: Date
    public var citations: [Citation]
    public var steps: [Step]
    /// Nil on a user's message.
    public var finishReason: FinishReason?
    public var usage: Usage?
    public var timings: Timings?
    /// Nil on a user's message, and on an answer that was cut before its prompt was made.
    public var context: ContextLedger?
    /// What each sentence of an answer rests on; nil on a user's message, and where nothing is asserted.
    public var support: [Support]?

    public init(
        id: String, parent: String?, role: Role, text: String, createdAt: Date, citations: [Citation] = [],
        steps: [Step] = [], finishReason: FinishReason? = nil, usage: Usage? = nil, timings: Timings? = nil,
        context: ContextLedger? = nil, support: [Support]? = nil
    ) {
        self.id = id
        self.parent = parent
        self.role = role
        self.text = text
        self.createdAt = createdAt
        self.citations = citations
        self.steps = steps
        self.finishReason = finishReason
        self.usage = usage
        self.timings = timings
        self.context = context
        self.support = support?.isEmpty == true ? nil : support
    }
}

extension Message {
    /// The message as a model is shown it: without the numbers of its citations.
    package var unmarked: Message {
        var message = self
        message.text = unmarkedText
        return message
    }

    /// The text without the numbers of its citations.
    package var unmarkedText: String { Citation.unmarked(text, numbers: citations.map(\.number)) }
}

extension Citation {
    /// A text without the numbers of its citations.
    package static func unmarked(_ text: String, numbers: [Int]) -> String {
        guard !numbers.isEmpty else { return text }
        return marker.replacing(in: text) { match in
            Int(match.text(1)).map(numbers.contains) == true ? "" : String(match.text)
        }
    }

    /// ` [2]`
    private static let marker = TextPattern(#" ?\[(\d+)\]"#)
}

/// A conversation without its messages.
public struct Conversation: Sendable, Hashable {
    public var id: String
    /// The first words of the first question.
    public var title: String
    public var createdAt: Date
    public var updatedAt: Date
    public var messageCount: Int

    public init(id: String, title: String, createdAt: Date, updatedAt: Date, messageCount: Int) {
        self.id = id
        self.title = title
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.messageCount = messageCount
    }
}
