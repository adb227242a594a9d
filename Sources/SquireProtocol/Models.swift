public import Core

/// One GGUF file the daemon knows of.
public struct ModelSummary: Sendable, Hashable, Codable {
    public enum Purpose: String, Sendable, Hashable, Codable {
        case chat
        case embedding
    }

    public var name: String
    public var path: String
    public var bytes: Int
    /// Whether it is loaded, and what for; nil where it only lies in the models folder.
    public var loadedFor: Purpose?

    public init(name: String, path: String, bytes: Int, loadedFor: Purpose? = nil) {
        self.name = name
        self.path = path
        self.bytes = bytes
        self.loadedFor = loadedFor
    }
}

/// `model/list`.
public struct ModelListResult: Sendable, Hashable, Codable {
    public var models: [ModelSummary]

    public init(models: [ModelSummary]) {
        self.models = models
    }
}

/// `model/info`.
public struct ModelInfoParameters: Sendable, Hashable, Codable {
    /// A name from `model/list`; the loaded chat model where missing.
    public var name: String?

    public init(name: String? = nil) {
        self.name = name
    }
}

public struct ModelInfo: Sendable, Hashable, Codable {
    public var name: String
    public var path: String
    public var bytes: Int
    /// Such as `llama 135M Q4_1`, as libllama describes it.
    public var description: String
    public var architecture: String
    public var parameters: Int
    public var vocabularySize: Int
    /// The context it was trained for, in tokens.
    public var trainedContext: Int
    /// The context it is run with, in tokens.
    public var context: Int
    public var embeddingSize: Int
    public var layers: Int
    /// The chat template in the file, nil where it has none.
    public var chatTemplate: String?
    /// The file's own metadata that is text, a number or a truth value.
    public var metadata: [String: String]

    public init(
        name: String, path: String, bytes: Int, description: String, architecture: String, parameters: Int,
        vocabularySize: Int, trainedContext: Int, context: Int, embeddingSize: Int, layers: Int,
        chatTemplate: String?, metadata: [String: String]
    ) {
        self.name = name
        self.path = path
        self.bytes = bytes
        self.description = description
        self.architecture = architecture
        self.parameters = parameters
        self.vocabularySize = vocabularySize
        self.trainedContext = trainedContext
        self.context = context
        self.embeddingSize = embeddingSize
        self.layers = layers
        self.chatTemplate = chatTemplate
        self.metadata = metadata
    }
}

/// `model/complete`: exactly one of `prompt` and `messages`.
public struct ModelCompleteParameters: Sendable, Hashable, Codable {
    public struct ChatTurn: Sendable, Hashable, Codable {
        /// `system`, `user` or `assistant`.
        public var role: String
        public var content: String

        public init(role: String, content: String) {
            self.role = role
            self.content = content
        }
    }

    /// A text to continue as it stands; control tokens in it are control tokens.
    public var prompt: String?
    /// Messages to render with the model's template.
    public var messages: [ChatTurn]?
    public var sampling: Sampling?
    /// A grammar in llama.cpp's notation (GBNF) that the text must be a sentence of.
    public var grammar: String?
    /// A JSON Schema the text must be an instance of.
    public var schema: JSONValue?
    /// Requests that name the same conversation are served in order, and its end is kept for the next one, across
    /// restarts as well.
    public var conversation: String?
    /// Whether events are sent (`token`, `queued`, `done`); they are not unless this is true.
    public var stream: Bool?

    public init(
        prompt: String? = nil, messages: [ChatTurn]? = nil, sampling: Sampling? = nil, grammar: String? = nil,
        schema: JSONValue? = nil, conversation: String? = nil, stream: Bool? = nil
    ) {
        self.conversation = conversation
        self.prompt = prompt
        self.messages = messages
        self.sampling = sampling
        self.grammar = grammar
        self.schema = schema
        self.stream = stream
    }
}

public struct ModelCompleteResult: Sendable, Hashable, Codable {
    public var text: String
    public var finishReason: FinishReason
    public var usage: Usage
    public var timings: Timings
    /// Keywords of the schema that the text was not held to, each with its place (`/properties/city/pattern`); nil
    /// where there are none.
    public var unenforced: [String]?
    /// Each token's log-probability, where `sampling.logProbabilities` asks for them; of the first choice.
    public var logProbabilities: [TokenLogProbabilities]?
    /// All texts, the one above first, where `sampling.choices` asks for more than one. `usage` counts them together.
    public var choices: [Choice]?

    /// One of several texts from one prompt.
    public struct Choice: Sendable, Hashable, Codable {
        public var text: String
        public var finishReason: FinishReason
        public var logProbabilities: [TokenLogProbabilities]?

        public init(text: String, finishReason: FinishReason, logProbabilities: [TokenLogProbabilities]? = nil) {
            self.text = text
            self.finishReason = finishReason
            self.logProbabilities = logProbabilities
        }
    }

    public init(
        text: String, finishReason: FinishReason, usage: Usage, timings: Timings, unenforced: [String]? = nil,
        logProbabilities: [TokenLogProbabilities]? = nil, choices: [Choice]? = nil
    ) {
        self.logProbabilities = logProbabilities
        self.choices = choices
        self.text = text
        self.finishReason = finishReason
        self.usage = usage
        self.timings = timings
        self.unenforced = unenforced
    }
}

/// `model/tokenize`.
public struct ModelTokenizeParameters: Sendable, Hashable, Codable {
    public var text: String
    /// Whether control tokens in the text are read as such; they are not unless this is true.
    public var special: Bool?

    public init(text: String, special: Bool? = nil) {
        self.text = text
        self.special = special
    }
}

public struct ModelTokenizeResult: Sendable, Hashable, Codable {
    public struct Piece: Sendable, Hashable, Codable {
        public var token: Int
        /// The token's bytes as text; bytes that are no whole character stand as U+FFFD.
        public var text: String

        public init(token: Int, text: String) {
            self.token = token
            self.text = text
        }
    }

    public var tokens: [Piece]
    public var count: Int

    public init(tokens: [Piece]) {
        self.tokens = tokens
        self.count = tokens.count
    }
}
