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
