package import Foundation

/// A part of a document, as it was found.
package struct Passage: Sendable, Hashable {
    package var document: String
    /// The record's or the document's.
    package var title: String
    /// `Setup › Fonts, line 12`.
    package var location: String
    /// Exactly what stands in the document.
    package var text: String
    /// From 0 to 1: how well it fits the query among what was found.
    package var score: Double
    /// The cosine of its meaning and the query's; nil where it is not embedded.
    package var similarity: Double?
    package var collection: String
    package var type: String
    /// The path or address, as far as it is text.
    package var source: String?
    package var line: Int?
    /// Parts of `text` that hold words of the query: UTF-16 offsets.
    package var highlights: [Range<Int>]

    package init(
        document: String, title: String, location: String, text: String, score: Double, similarity: Double?,
        collection: String, type: String, source: String?, line: Int?, highlights: [Range<Int>]
    ) {
        self.document = document
        self.title = title
        self.location = location
        self.text = text
        self.score = score
        self.similarity = similarity
        self.collection = collection
        self.type = type
        self.source = source
        self.line = line
        self.highlights = highlights
    }
}

/// What of a text and a query is compared.
public enum SearchMethod: String, Sendable, Hashable, CaseIterable {
    /// Words and meaning.
    case hybrid
    case words
    case meaning
}

/// What is looked for, and where.
package struct PassageQuery: Sendable, Hashable {
    package var text: String
    package var limit: Int
    /// Nil is all.
    package var collections: [String]?
    /// A file or a folder.
    package var path: String?
    package var types: [String]?
    /// When files last changed: from then on, and before then.
    package var since: Date?
    package var until: Date?
    package var method: SearchMethod

    package init(
        _ text: String, limit: Int = 10, collections: [String]? = nil, path: String? = nil, types: [String]? = nil,
        since: Date? = nil, until: Date? = nil, method: SearchMethod = .hybrid
    ) {
        self.text = text
        self.limit = limit
        self.collections = collections
        self.path = path
        self.types = types
        self.since = since
        self.until = until
        self.method = method
    }
}

/// Finds passages of the user's documents.
package protocol PassageSource: Sendable {
    /// The passages that fit best, the best first.
    ///
    /// - Throws: `collectionUnknown`.
    func passages(for query: PassageQuery) async throws -> [Passage]

    /// - Throws: `collectionUnknown` for a name there is no collection of.
    func requireCollections(_ names: [String]) async throws
}
