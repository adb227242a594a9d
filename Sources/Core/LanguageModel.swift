/// A message as a model's template renders it.
package struct ChatMessage: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable {
        case system
        case user
        case assistant
    }

    package var role: Role
    package var content: String

    package init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}

/// A text to continue. What users, plugins and documents wrote stays apart from what the template
/// wrote, because only the template's text may become control tokens.
package struct Prompt: Sendable, Hashable {
    package enum Segment: Sendable, Hashable {
        /// The template's: `<|im_start|>` in it is the control token.
        case template(String)
        /// Anybody's: `<|im_start|>` in it is twelve characters.
        case text(String)

        /// What was written, whoever wrote it.
        package var content: String {
            switch self {
            case .template(let content), .text(let content): content
            }
        }
    }

    package var segments: [Segment]
    /// Where turns begin, as indices of segments, ascending: a user's message and what followed it. A prompt that does
    /// not fit loses whole turns from its middle; one without turns loses nothing.
    package var turnStarts: [Int]
    /// How many of the first segments every request like this one begins with (instructions, tools, persona): their
    /// keys and values are kept before all others.
    package var pinnedSegments: Int

    package init(_ segments: [Segment], turnStarts: [Int] = [], pinnedSegments: Int = 0) {
        self.segments = segments
        self.turnStarts = turnStarts
        self.pinnedSegments = pinnedSegments
    }

    /// All of it as it stands, whoever wrote it.
    package var text: String { segments.map(\.content).joined() }

    package static func + (prompt: Prompt, more: String) -> Prompt {
        var longer = prompt
        longer.segments.append(.text(more))
        return longer
    }
}

package struct GenerationRequest: Sendable {
    package var prompt: Prompt
    package var sampling: Sampling
    /// What the generated text must be.
    package var constraint: Constraint?
    /// Whether a text of `sampling.stop` that ended the generated text is handed on at its end.
    package var keepsStop: Bool
    /// Requests of one conversation are served in the order they came; conversations share the model evenly. A request
    /// without one is a conversation of its own.
    package var conversation: String?

    package init(
        prompt: Prompt, sampling: Sampling = Sampling(), constraint: Constraint? = nil, keepsStop: Bool = false,
        conversation: String? = nil
    ) {
        self.prompt = prompt
        self.sampling = sampling
        self.constraint = constraint
        self.keepsStop = keepsStop
        self.conversation = conversation
    }
}

package enum GenerationEvent: Sendable, Hashable {
    /// Waiting; so many requests are before this one.
    case queued(position: Int)
    /// So many whole turns were left out of the middle of a conversation that does not fit the context; comes before any
    /// text.
    case dropped(turns: Int)
    /// More of the text, whole characters only.
    case text(String)
    /// How likely the token just chosen was, and what else was likely; only where `sampling.logProbabilities` asks.
    case logProbabilities(TokenLogProbabilities)
    /// The end; nothing follows.
    case finished(reason: FinishReason, usage: Usage)
}

/// A loaded model, or one that is being loaded: calls wait for it, and throw what loading threw.
package protocol LanguageModel: Sendable {
    /// Renders messages with the model's own template, ready for the assistant to speak.
    func render(_ messages: [ChatMessage]) async throws -> Prompt

    /// Generates text. The stream ends with `finished`, or throws; dropping it cancels generation.
    ///
    /// - Throws: `promptTooLong`, `grammarInvalid`, `queueFull`, or what loading the model threw;
    ///   `CancellationError` when the consuming task is cancelled.
    func generate(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationEvent, any Error>

    /// The whole text of a generation that nobody waits for: it gives way to everything else the model is asked.
    ///
    /// - Throws: what `generate` throws.
    func textWhenIdle(_ request: GenerationRequest) async throws -> (text: String, usage: Usage)

    /// How likely the model would continue the prompt with each of the alternatives.
    ///
    /// - Returns: for each alternative the sum of its tokens' natural-log probabilities, and how many tokens
    ///   it has.
    func logProbabilities(of alternatives: [String], after prompt: Prompt) async throws -> (
        scores: [AlternativeScore], usage: Usage
    )

    /// The tokens of a text.
    ///
    /// - Parameter special: whether control tokens written out in the text are read as such.
    func tokenize(_ text: String, special: Bool) async throws -> [TokenPiece]

    /// How many tokens a prompt has.
    func tokenCount(of prompt: Prompt) async throws -> Int

    /// What the model is, and how it is run.
    func describe() async throws -> ModelDescription

    /// A prompt that lets the model write what stands between two texts.
    ///
    /// - Throws: `infillUnsupported`.
    func infillPrompt(prefix: String, suffix: String) async throws -> Prompt
}

extension LanguageModel {
    /// The whole text of a generation.
    package func text(_ request: GenerationRequest) async throws -> (text: String, usage: Usage) {
        var text = ""
        var usage = Usage()
        for try await event in generate(request) {
            switch event {
            case .text(let piece): text += piece
            case .finished(_, let total): usage = total
            case .queued, .dropped, .logProbabilities: break
            }
        }
        try Task.checkCancellation()
        return (text, usage)
    }
}

package struct AlternativeScore: Sendable, Hashable {
    /// The sum of the tokens' natural-log probabilities.
    package var logProbability: Double
    package var tokenCount: Int

    package init(logProbability: Double, tokenCount: Int) {
        self.logProbability = logProbability
        self.tokenCount = tokenCount
    }
}

/// Turns texts into vectors whose cosine says how near they are in meaning.
package protocol Embedder: Sendable {
    /// - Returns: one vector of length 1 (Euclidean) a text.
    func embed(_ texts: [String]) async throws -> [[Float]]

    /// The same for texts nobody waits for: gives way to answers that are being computed.
    func embedWhenIdle(_ texts: [String]) async throws -> [[Float]]

    /// How many tokens each text has.
    func tokenCounts(of texts: [String]) async throws -> [Int]

    /// What makes the vectors, the same after a restart: those of two makers are never compared. Nil where nobody can
    /// tell; such vectors are not kept on disk. Waits until that is known.
    func maker() async -> String?

    /// The most tokens of a text that are read: of a longer one only the beginning is. Nil where there is no limit.
    func mostTokens() async throws -> Int?
}

extension Embedder {
    package func maker() async -> String? { nil }

    package func mostTokens() async throws -> Int? { nil }
}

/// A model that reads a query and a text together and says how well the text answers it (a cross-encoder).
package protocol Reranker: Sendable {
    /// - Returns: a logit a text: the higher, the better it answers.
    func scores(of texts: [String], for query: String) async throws -> [Float]
}
