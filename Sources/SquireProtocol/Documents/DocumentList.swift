public import Core

/// The collections, and a page of their documents.
public enum DocumentList: RPCMethod {
    public static let name = "document/list"

    public struct Parameters: Sendable, Hashable, Codable {
        /// All where missing.
        public var collection: String?
        /// At most this many documents; 100 where missing.
        public var limit: Int?
        public var offset: Int?

        public init(collection: String? = nil, limit: Int? = nil, offset: Int? = nil) {
            self.collection = collection
            self.limit = limit
            self.offset = offset
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var collections: [CollectionSummary]
        public var documents: [DocumentSummary]

        public init(collections: [CollectionSummary], documents: [DocumentSummary]) {
            self.collections = collections
            self.documents = documents
        }
    }
}
