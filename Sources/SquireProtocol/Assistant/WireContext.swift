/// What the model had before it when it wrote an answer, counted in its own tokens, and what there was no room for.
public struct WireContext: Sendable, Hashable, Codable {
    public enum Part: String, Sendable, Hashable, Codable {
        /// Who the assistant is, what it is to do, and the template around everything.
        case instructions
        /// Descriptions of tools.
        case tools
        case passages
        /// Earlier messages, or a summary of them.
        case history
        /// What plugins said.
        case results
        case question
        /// The room that was kept for the answer.
        case answer
    }

    /// Tokens by part; together never more than the context.
    public struct Parts: Sendable, Hashable, Codable {
        public var instructions: Int
        public var tools: Int
        public var passages: Int
        public var history: Int
        public var results: Int
        public var question: Int
        public var answer: Int

        public init(
            instructions: Int = 0, tools: Int = 0, passages: Int = 0, history: Int = 0, results: Int = 0,
            question: Int = 0, answer: Int = 0
        ) {
            self.instructions = instructions
            self.tools = tools
            self.passages = passages
            self.history = history
            self.results = results
            self.question = question
            self.answer = answer
        }
    }

    /// Something the model was not given.
    public struct Omission: Sendable, Hashable, Codable {
        public var part: Part
        /// Such as `12 messages, from "My boat is called Kestrel." on`.
        public var what: String
        public var tokens: Int
        /// How many whole turns of the conversation that is; nil where it is something else.
        public var turns: Int?

        public init(part: Part, what: String, tokens: Int, turns: Int? = nil) {
            self.part = part
            self.what = what
            self.tokens = tokens
            self.turns = turns
        }
    }

    /// The most tokens that prompt and answer may have together.
    public var size: Int
    public var parts: Parts
    public var leftOut: [Omission]

    public init(size: Int, parts: Parts = Parts(), leftOut: [Omission] = []) {
        self.size = size
        self.parts = parts
        self.leftOut = leftOut
    }
}
