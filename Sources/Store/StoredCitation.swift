import Core

/// A citation as the column `citations` has it, in a JSON array.
struct StoredCitation: Codable {
    var number: Int
    var source: String
    var title: String
    var location: String
    var quote: String

    init(_ citation: Citation) {
        number = citation.number
        source = citation.source
        title = citation.title
        location = citation.location
        quote = citation.quote
    }

    var citation: Citation {
        Citation(number: number, source: source, title: title, location: location, quote: quote)
    }
}
