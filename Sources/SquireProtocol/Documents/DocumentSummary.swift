public import Foundation

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
