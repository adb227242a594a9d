public import Core

/// Removes documents by their ids or paths (a folder is all in it), or a whole collection.
public enum DocumentRemove: RPCMethod {
    public static let name = "document/remove"

    public struct Parameters: Sendable, Hashable, Codable {
        public var documents: [String]?
        public var collection: String?

        public init(documents: [String]? = nil, collection: String? = nil) {
            self.documents = documents
            self.collection = collection
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var removed: Int

        public init(removed: Int) {
            self.removed = removed
        }
    }
}
