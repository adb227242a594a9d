package import Foundation

/// A document as it is kept.
package struct StoredDocument: Sendable, Hashable {
    package var id: String
    package var collection: String
    /// The bytes of a path or an address; nil where the text itself was given.
    package var source: [UInt8]?
    package var title: String
    /// `markdown`, `pdf` …
    package var type: String
    /// ISO 639-1.
    package var language: String
    /// Passages and quotes are parts of this.
    package var text: String
    /// SHA-256 of what was read.
    package var hash: [UInt8]
    /// Of what was read.
    package var bytes: Int
    /// When the file last changed.
    package var changedAt: Date

    package init(
        id: String, collection: String, source: [UInt8]?, title: String, type: String, language: String, text: String,
        hash: [UInt8], bytes: Int, changedAt: Date
    ) {
        self.id = id
        self.collection = collection
        self.source = source
        self.title = title
        self.type = type
        self.language = language
        self.text = text
        self.hash = hash
        self.bytes = bytes
        self.changedAt = changedAt
    }
}

/// What a passage says, and what stands over it. Passages that say the same share it.
package struct StoredContent: Sendable, Hashable {
    /// Of all the members.
    package var hash: [UInt8]
    package var title: String
    package var headings: String
    package var text: String
    package var language: String

    package init(hash: [UInt8], title: String, headings: String, text: String, language: String) {
        self.hash = hash
        self.title = title
        self.headings = headings
        self.text = text
        self.language = language
    }
}

/// A part of a document.
package struct StoredPassage: Sendable, Hashable {
    package var content: StoredContent
    /// UTF-8 offsets in the document's text.
    package var range: Range<Int>
    /// The record's own title, else the document's.
    package var title: String
    package var location: String
    package var line: Int?

    package init(content: StoredContent, range: Range<Int>, title: String, location: String, line: Int?) {
        self.content = content
        self.range = range
        self.title = title
        self.location = location
        self.line = line
    }
}

/// A passage that was found, with its document.
package struct PassageRow: Sendable, Hashable {
    package var content: Int
    package var document: String
    package var collection: String
    package var source: [UInt8]?
    package var type: String
    package var title: String
    package var location: String
    package var line: Int?
}

/// The words by which a content is found: stems, divided by spaces.
package struct IndexedWords: Sendable, Hashable {
    package var title: String
    package var headings: String
    package var body: String

    package init(title: String, headings: String, body: String) {
        self.title = title
        self.headings = headings
        self.body = body
    }
}

/// Works out the words of a content; the same content must always give the same words.
package typealias WordAnalysis = @Sendable (StoredContent) -> IndexedWords

/// Which documents are looked at.
package struct DocumentFilter: Sendable, Hashable {
    /// Nil is all.
    package var collections: [String]?
    /// A file or a folder, in bytes.
    package var path: [UInt8]?
    /// Nil is all.
    package var types: [String]?
    package var since: Date?
    /// The first moment that is too late.
    package var until: Date?

    package init(
        collections: [String]? = nil, path: [UInt8]? = nil, types: [String]? = nil, since: Date? = nil,
        until: Date? = nil
    ) {
        self.collections = collections
        self.path = path
        self.types = types
        self.since = since
        self.until = until
    }

    package var isOpen: Bool { self == DocumentFilter() }
}
