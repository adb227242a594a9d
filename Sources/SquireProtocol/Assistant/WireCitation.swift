/// Where a statement of an answer comes from.
public struct WireCitation: Sendable, Hashable, Codable {
    public var number: Int
    public var source: String
    public var title: String
    public var location: String
    public var quote: String

    public init(number: Int, source: String, title: String, location: String, quote: String) {
        self.number = number
        self.source = source
        self.title = title
        self.location = location
        self.quote = quote
    }
}
