import Core
import Languages

/// Finds what the user's documents say to a question, where they say anything.
struct PassageFinder: Sendable {
    let source: any PassageSource
    var language = QuestionLanguage.english

    /// The cosine of a question and a passage that speaks of what it asks, with the default embedding model: among
    /// thousands of articles the nearest to small talk stays under it.
    private static let near = 0.5
    /// The same where the user has named where to look.
    private static let nearWhereNamed = 0.3
    /// How much further from the question than the best the others may be.
    private static let margin = 0.15
    private static let most = 3

    /// - Parameters:
    ///   - previous: the question before, which this one may go on from.
    /// - Returns: the best first; none where nothing is near enough to the question.
    /// - Throws: `collectionUnknown`.
    func find(_ question: String, previous: String?, in collections: NameSelection) async throws -> [Passage] {
        var names: [String]?
        if case .named(let list) = collections { names = list }
        if names == [] { return [] }
        let bar = names == nil ? Self.near : Self.nearWhereNamed
        // A question that only makes sense after the one before it is looked for together with it. The words that ask
        // rather than say of what lead away from short passages.
        let second = previous.map { "\($0) \(question)" } ?? subject(of: question)
        for text in [question, second].compactMap(\.self) {
            let found = try await source.passages(
                for: PassageQuery(text, limit: 2 * Self.most, collections: names))
            // Where nothing is embedded, a passage that has the words is all there is to go by.
            let fitting = found.filter { $0.similarity.map { $0 >= bar } ?? (names != nil) }
            guard let best = fitting.first else { continue }
            let close = fitting.filter { ($0.similarity ?? 1) >= (best.similarity ?? 1) - Self.margin }
            return Array(close.prefix(Self.most))
        }
        return []
    }

    /// What is left of a question without the words that ask; nil where that is nothing, or all.
    func subject(of question: String) -> String? {
        let asking = language.words.words.aboutDocuments
        let words = question.split(whereSeparator: \.isWhitespace)
        let kept = words.filter { !asking.contains($0.lowercased().filter { $0.isLetter || $0 == "'" }) }
        return kept.isEmpty || kept.count == words.count ? nil : kept.joined(separator: " ")
    }
}
