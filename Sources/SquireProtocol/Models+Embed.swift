public import Core

/// `model/embed`.
public struct ModelEmbedParameters: Sendable, Hashable, Codable {
    public var texts: [String]

    public init(texts: [String]) {
        self.texts = texts
    }
}

public struct ModelEmbedResult: Sendable, Hashable, Codable {
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

/// `model/infill`: writes what stands between two texts. The result is that of `model/complete`.
public struct ModelInfillParameters: Sendable, Hashable, Codable {
    public var prefix: String
    public var suffix: String
    public var sampling: Sampling?
    /// Whether events are sent; they are not unless this is true.
    public var stream: Bool?

    public init(prefix: String, suffix: String, sampling: Sampling? = nil, stream: Bool? = nil) {
        self.prefix = prefix
        self.suffix = suffix
        self.sampling = sampling
        self.stream = stream
    }
}
