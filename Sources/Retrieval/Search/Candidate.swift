/// A content that may be what is looked for.
struct Candidate: Sendable, Hashable {
    var content: Int
    /// BM25; nil where no word fits.
    var words: Double?
    /// The cosine of its meaning and the query's; nil where there is no vector.
    var similarity: Double?
    /// From 0 to 1.
    var score = 0.0
}

extension Sequence<Candidate> {
    /// Those of the same score in the order in which they were stored.
    var bestFirst: [Candidate] { sorted { ($0.score, $1.content) > ($1.score, $0.content) } }
}
