public import Core
public import Foundation

/// `document/add`: either `paths`, or `text` with a `title`.
public struct DocumentAddParameters: Sendable, Hashable, Codable {
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

/// What became of what `document/add` was given.
public struct DocumentAddResult: Sendable, Hashable, Codable {
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
        collection: String, added: Int = 0, updated: Int = 0, unchanged: Int = 0, removed: Int = 0, passages: Int = 0,
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

/// `document/list`.
public struct DocumentListParameters: Sendable, Hashable, Codable {
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

public struct DocumentListResult: Sendable, Hashable, Codable {
    public var collections: [CollectionSummary]
    public var documents: [DocumentSummary]

    public init(collections: [CollectionSummary], documents: [DocumentSummary]) {
        self.collections = collections
        self.documents = documents
    }
}

public struct CollectionSummary: Sendable, Hashable, Codable {
    public var name: String
    public var documents: Int
    public var passages: Int
    /// Passages that can be found by meaning already.
    public var embedded: Int
    /// Folders that are followed.
    public var watched: [String]

    public init(name: String, documents: Int, passages: Int, embedded: Int, watched: [String]) {
        self.name = name
        self.documents = documents
        self.passages = passages
        self.embedded = embedded
        self.watched = watched
    }
}

public struct DocumentSummary: Sendable, Hashable, Codable {
    public var document: String
    public var title: String
    /// A path, an address, or nothing where the text itself was given.
    public var source: String?
    public var collection: String
    /// `markdown`, `pdf` …
    public var type: String
    public var passages: Int
    public var bytes: Int
    public var addedAt: Date

    public init(
        document: String, title: String, source: String?, collection: String, type: String, passages: Int, bytes: Int,
        addedAt: Date
    ) {
        self.document = document
        self.title = title
        self.source = source
        self.collection = collection
        self.type = type
        self.passages = passages
        self.bytes = bytes
        self.addedAt = addedAt
    }
}

/// `document/remove`: documents by their ids or paths (a folder is all in it), or a whole collection.
public struct DocumentRemoveParameters: Sendable, Hashable, Codable {
    public var documents: [String]?
    public var collection: String?

    public init(documents: [String]? = nil, collection: String? = nil) {
        self.documents = documents
        self.collection = collection
    }
}

public struct DocumentRemoveResult: Sendable, Hashable, Codable {
    public var removed: Int

    public init(removed: Int) {
        self.removed = removed
    }
}

/// `document/search`.
public struct DocumentSearchParameters: Sendable, Hashable, Codable {
    public var query: String
    /// At most this many passages; 10 where missing.
    public var limit: Int?
    public var collections: NameSelection?
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
        query: String, limit: Int? = nil, collections: NameSelection? = nil, path: String? = nil,
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

public struct DocumentSearchResult: Sendable, Hashable, Codable {
    /// The best first.
    public var passages: [FoundPassage]

    public init(passages: [FoundPassage]) {
        self.passages = passages
    }
}

public struct FoundPassage: Sendable, Hashable, Codable {
    public var document: String
    public var title: String
    /// `line 12`, `page 3`, `record 7`, after the headings over it: `Setup › Fonts, line 12`.
    public var location: String
    public var text: String
    /// From 0 to 1.
    public var score: Double
    public var collection: String
    public var type: String
    /// The file or address, where there is one.
    public var source: String?
    /// The first line of the passage in its file, where it has lines.
    public var line: Int?
    /// Parts of `text` that hold words of the query: UTF-16 offset and length each.
    public var highlights: [[Int]]

    public init(
        document: String, title: String, location: String, text: String, score: Double, collection: String,
        type: String, source: String?, line: Int?, highlights: [[Int]]
    ) {
        self.document = document
        self.title = title
        self.location = location
        self.text = text
        self.score = score
        self.collection = collection
        self.type = type
        self.source = source
        self.line = line
        self.highlights = highlights
    }
}

/// `document/check`: whether the index holds together; `repair` makes anew what does not.
public struct DocumentCheckParameters: Sendable, Hashable, Codable {
    public var repair: Bool?

    public init(repair: Bool? = nil) {
        self.repair = repair
    }
}

public struct DocumentCheckResult: Sendable, Hashable, Codable {
    public var documents: Int
    public var passages: Int
    public var embedded: Int
    /// What is wrong, a sentence each; empty where all is well.
    public var problems: [String]
    public var repaired: Bool

    public init(documents: Int, passages: Int, embedded: Int, problems: [String], repaired: Bool) {
        self.documents = documents
        self.passages = passages
        self.embedded = embedded
        self.problems = problems
        self.repaired = repaired
    }
}
