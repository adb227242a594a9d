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
