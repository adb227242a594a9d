public import Core

/// Says which tokens a text is.
public enum ModelTokenize: RPCMethod {
    public static let name = "model/tokenize"

    public struct Parameters: Sendable, Hashable, Codable {
        public var text: String
        /// Whether control tokens in the text are read as such; they are not unless this is true.
        public var special: Bool?

        public init(text: String, special: Bool? = nil) {
            self.text = text
            self.special = special
        }
    }

    public struct Result: Sendable, Hashable, Codable {
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
}
