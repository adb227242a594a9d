/// What the model had before it when it wrote an answer, counted in its own tokens, and what there was no room for.
public struct ContextLedger: Sendable, Hashable {
    public enum Part: String, Sendable, Hashable, CaseIterable {
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
    public struct Parts: Sendable, Hashable {
        public var instructions = 0
        public var tools = 0
        public var passages = 0
        public var history = 0
        public var results = 0
        public var question = 0
        public var answer = 0

        public init() {}

        public subscript(part: Part) -> Int {
            get { self[keyPath: Self.path(of: part)] }
            set { self[keyPath: Self.path(of: part)] = newValue }
        }

        public var total: Int { Part.allCases.reduce(0) { $0 + self[$1] } }

        private static func path(of part: Part) -> WritableKeyPath<Parts, Int> {
            switch part {
            case .instructions: \.instructions
            case .tools: \.tools
            case .passages: \.passages
            case .history: \.history
            case .results: \.results
            case .question: \.question
            case .answer: \.answer
            }
        }
    }

    /// Something the model was not given.
    public struct Omission: Sendable, Hashable {
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
