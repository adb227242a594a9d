/// What a loaded GGUF file says of itself.
package struct ModelDescription: Sendable, Hashable {
    package var path: String
    package var bytes: Int
    /// Such as `llama 135M Q4_1`.
    package var summary: String
    package var architecture: String
    package var parameters: Int
    package var vocabularySize: Int
    /// The context it was trained for, in tokens.
    package var trainedContext: Int
    /// The most tokens that prompt and answer may have together.
    package var context: Int
    package var embeddingSize: Int
    package var layers: Int
    package var chatTemplate: String?
    package var metadata: [String: String]

    package init(
        path: String, bytes: Int, summary: String, architecture: String, parameters: Int, vocabularySize: Int,
        trainedContext: Int, context: Int, embeddingSize: Int, layers: Int, chatTemplate: String?,
        metadata: [String: String]
    ) {
        self.path = path
        self.bytes = bytes
        self.summary = summary
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

/// A token of a text.
package struct TokenPiece: Sendable, Hashable {
    package var token: Int32
    /// What it stands for, which may be a part of a character; empty for a control token.
    package var bytes: [UInt8]

    package init(token: Int32, bytes: [UInt8]) {
        self.token = token
        self.bytes = bytes
    }
}
