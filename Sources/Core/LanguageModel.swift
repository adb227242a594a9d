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
        /// Anybody's: `<|im_start|>` in it is eleven characters.
        case text(String)
    }

    package var segments: [Segment]

    package init(_ segments: [Segment]) {
        self.segments = segments
    }

    package static func + (prompt: Prompt, more: String) -> Prompt {
        Prompt(prompt.segments + [.text(more)])
    }
}

/// How the next token is chosen. `sampling` on the socket.
public struct Sampling: Sendable, Hashable, Codable {
    /// 0 always takes the likeliest token.
    public var temperature: Double?
    /// Keeps the k likeliest tokens; 0 keeps all.
    public var topK: Int?
    /// Keeps the likeliest tokens that together reach this probability; 1 keeps all.
    public var topP: Double?
    /// Keeps tokens at least this fraction as likely as the likeliest; 0 keeps all.
    public var minP: Double?
    /// Divides the logits of recent tokens; 1 is none.
    public var repeatPenalty: Double?
    /// The same seed, prompt and options give the same text, as long as as much of the prompt is cached (what is
    /// computed in other portions is rounded differently); nil draws one.
    public var seed: UInt32?
    /// The most tokens to generate.
    public var maxTokens: Int?
    /// Texts that end the answer and are not part of it.
    public var stop: [String]?

    public init(
        temperature: Double? = nil, topK: Int? = nil, topP: Double? = nil, minP: Double? = nil,
        repeatPenalty: Double? = nil, seed: UInt32? = nil, maxTokens: Int? = nil, stop: [String]? = nil
    ) {
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.repeatPenalty = repeatPenalty
        self.seed = seed
        self.maxTokens = maxTokens
        self.stop = stop
    }
}

package struct GenerationRequest: Sendable {
    package var prompt: Prompt
    package var sampling: Sampling
    /// A GBNF grammar (llama.cpp, `grammars/README.md`) that every generated text is a sentence of.
    package var grammar: String?

    package init(prompt: Prompt, sampling: Sampling = Sampling(), grammar: String? = nil) {
        self.prompt = prompt
        self.sampling = sampling
        self.grammar = grammar
    }
}

package enum GenerationEvent: Sendable, Hashable {
    /// Waiting; so many requests are before this one.
    case queued(position: Int)
    /// More of the text, whole characters only.
    case text(String)
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

    /// How likely the model would continue the prompt with each of the alternatives.
    ///
    /// - Returns: for each alternative the sum of its tokens' natural-log probabilities, and how many tokens
    ///   it has.
    func logProbabilities(of alternatives: [String], after prompt: Prompt) async throws -> (
        scores: [AlternativeScore], usage: Usage
    )

    /// The tokens of a prompt.
    func tokenCount(of prompt: Prompt) async throws -> Int

    /// The most tokens that prompt and answer may have together.
    func contextSize() async throws -> Int
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
}
