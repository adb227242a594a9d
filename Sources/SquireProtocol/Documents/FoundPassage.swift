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
