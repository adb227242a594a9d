public import Core

/// Computes the vectors of texts.
public enum ModelEmbed: RPCMethod {
    public static let name = "model/embed"

    public struct Parameters: Sendable, Hashable, Codable {
        public var texts: [String]

        public init(texts: [String]) {
            self.texts = texts
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        /// The embedding model's name.
        public var model: String
        /// One vector of length 1 a text, pooled as the model says.
        public var embeddings: [[Float]]
        /// Tokens that were read; a text longer than the model's context counts by its beginning.
        public var tokens: Int
        /// Which texts, counted from 0, were longer than that; nil where none was.
        public var cut: [Int]?

        public init(model: String, embeddings: [[Float]], tokens: Int, cut: [Int]? = nil) {
            self.model = model
            self.embeddings = embeddings
            self.tokens = tokens
            self.cut = cut
        }
    }
}
