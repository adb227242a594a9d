public import Core

/// What the chat model's file says of itself.
public enum ModelInfo: RPCMethod {
    public static let name = "model/info"

    public struct Parameters: Sendable, Hashable, Codable {
        /// A name from `model/list`; the loaded chat model where missing.
        public var name: String?

        public init(name: String? = nil) {
            self.name = name
        }
    }

    public struct Result: Sendable, Hashable, Codable {
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
}
