public import Core

/// Continues a text, without conversation and plugins.
public enum ModelComplete: RPCMethod {
    public static let name = "model/complete"

    /// Exactly one of `prompt` and `messages`.
    public struct Parameters: Sendable, Hashable, Codable {
        /// A text to continue as it stands; control tokens in it are control tokens.
        public var prompt: String?
        /// Messages to render with the model's template.
        public var messages: [ChatTurn]?
        public var sampling: WireSampling?
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
            prompt: String? = nil, messages: [ChatTurn]? = nil, sampling: WireSampling? = nil, grammar: String? = nil,
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

    /// How likely a chosen token was, and what else was likely.
    public struct LogProbabilities: Sendable, Hashable, Codable {
        public struct Alternative: Sendable, Hashable, Codable {
            public var token: Int
            /// The token's bytes as text; bytes that are no whole character stand as U+FFFD.
            public var text: String
            /// The natural logarithm of its probability, before temperature and the like.
            public var logProbability: Double
            /// The token's bytes, where they are no whole characters; nil where they are those of `text`.
            public var bytes: [UInt8]?

            public init(token: Int, text: String, logProbability: Double, bytes: [UInt8]? = nil) {
                self.token = token
                self.text = text
                self.logProbability = logProbability
                self.bytes = bytes
            }
        }

        public var chosen: Alternative
        /// The likeliest tokens, the likeliest first; the chosen one may be among them.
        public var likeliest: [Alternative]

        public init(chosen: Alternative, likeliest: [Alternative]) {
            self.chosen = chosen
            self.likeliest = likeliest
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var text: String
        public var finishReason: WireFinishReason
        public var usage: WireUsage
        public var timings: WireTimings
        /// Keywords of the schema that the text was not held to, each with its place (`/properties/city/pattern`); nil
        /// where there are none.
        public var unenforced: [String]?
        /// Each token's log-probability, where `sampling.logProbabilities` asks for them; of the first choice.
        public var logProbabilities: [LogProbabilities]?
        /// All texts, the one above first, where `sampling.choices` asks for more than one. `usage` counts them together.
        public var choices: [Choice]?

        /// One of several texts from one prompt.
        public struct Choice: Sendable, Hashable, Codable {
            public var text: String
            public var finishReason: WireFinishReason
            public var logProbabilities: [LogProbabilities]?

            public init(text: String, finishReason: WireFinishReason, logProbabilities: [LogProbabilities]? = nil) {
                self.text = text
                self.finishReason = finishReason
                self.logProbabilities = logProbabilities
            }
        }

        public init(
            text: String, finishReason: WireFinishReason, usage: WireUsage, timings: WireTimings,
            unenforced: [String]? = nil,
            logProbabilities: [LogProbabilities]? = nil, choices: [Choice]? = nil
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
}
