public import Core
public import Foundation

/// Looks for passages of documents.
public enum DocumentSearch: RPCMethod {
    public static let name = "document/search"

    /// What of a text and a query is compared.
    public enum SearchMethod: String, Sendable, Hashable, Codable, CaseIterable {
        /// Words and meaning.
        case hybrid
        case words
        case meaning
    }

    public struct Parameters: Sendable, Hashable, Codable {
        public var query: String
        /// At most this many passages; 10 where missing.
        public var limit: Int?
        public var collections: WireNameSelection?
        /// Only documents whose path begins so.
        public var path: String?
        /// Only documents of these types.
        public var types: [String]?
        /// Only documents whose files changed from then on, or until then.
        public var since: Date?
        public var until: Date?
        /// `hybrid` where missing.
        public var method: SearchMethod?

        public init(
            query: String, limit: Int? = nil, collections: WireNameSelection? = nil, path: String? = nil,
            types: [String]? = nil, since: Date? = nil, until: Date? = nil, method: SearchMethod? = nil
        ) {
            self.query = query
            self.limit = limit
            self.collections = collections
            self.path = path
            self.types = types
            self.since = since
            self.until = until
            self.method = method
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        /// The best first.
        public var passages: [FoundPassage]

        public init(passages: [FoundPassage]) {
            self.passages = passages
        }
    }
}
