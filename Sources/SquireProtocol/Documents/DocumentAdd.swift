public import Core

/// Reads documents into a collection. The answer comes when they can be searched by words.
public enum DocumentAdd: RPCMethod {
    public static let name = "document/add"

    /// Either `paths`, or `text` with a `title`.
    public struct Parameters: Sendable, Hashable, Codable {
        /// Files, folders (absolute paths) and `http`/`https` addresses.
        public var paths: [String]?
        public var text: String?
        public var title: String?
        /// `documents` where missing. Made where there is none.
        public var collection: String?
        /// Whether the folders among `paths` are followed from now on.
        public var watch: Bool?
        /// Whether symbolic links that lead out of a folder are followed; they are not where this is missing.
        public var followLinks: Bool?

        public init(
            paths: [String]? = nil, text: String? = nil, title: String? = nil, collection: String? = nil,
            watch: Bool? = nil, followLinks: Bool? = nil
        ) {
            self.paths = paths
            self.text = text
            self.title = title
            self.collection = collection
            self.watch = watch
            self.followLinks = followLinks
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var collection: String
        public var added: Int
        public var updated: Int
        public var unchanged: Int
        /// Documents whose files are no longer in a folder that was added again.
        public var removed: Int
        /// Passages that were added.
        public var passages: Int
        public var failures: [Failure]
        /// Documents that were read in part.
        public var omissions: [Omission]

        /// What of a document was left out, and why.
        public struct Omission: Sendable, Hashable, Codable {
            public var path: String
            public var reason: String

            public init(path: String, reason: String) {
                self.path = path
                self.reason = reason
            }
        }

        /// What was not read, and why.
        public struct Failure: Sendable, Hashable, Codable {
            public var path: String
            public var kind: String
            public var reason: String

            public init(path: String, kind: String, reason: String) {
                self.path = path
                self.kind = kind
                self.reason = reason
            }
        }

        public init(
            collection: String, added: Int = 0, updated: Int = 0, unchanged: Int = 0, removed: Int = 0,
            passages: Int = 0,
            failures: [Failure] = [], omissions: [Omission] = []
        ) {
            self.collection = collection
            self.added = added
            self.updated = updated
            self.unchanged = unchanged
            self.removed = removed
            self.passages = passages
            self.failures = failures
            self.omissions = omissions
        }
    }
}
