import Store

/// The pairs of words that stand side by side in a query.
struct WordPairs: Sendable {
    private struct Pair: Hashable {
        var first: String
        var second: String
    }

    private var pairs: Set<Pair> = []

    /// - Parameter words: the query's stems in their order, each once.
    init(_ words: [String], languages: [String]) {
        let common = languages.reduce(into: Set<String>()) { $0.formUnion(TextLanguage.commonWords($1)) }
        for (first, second) in zip(words, words.dropFirst()) where !(common.contains(first) && common.contains(second))
        {
            pairs.insert(Pair(first: first, second: second))
        }
    }

    /// The part of the pairs that a content has, from 0 to 1.
    func part(in content: StoredContent) -> Double {
        guard !pairs.isEmpty else { return 0 }
        let stemmer = Stemmer(language: content.language)
        var found: Set<Pair> = []
        for text in [content.title, content.headings, content.text] {
            let words = WordAnalyzer.words(of: text, stemmer)
            for (first, second) in zip(words, words.dropFirst()) {
                let pair = Pair(first: first, second: second)
                if pairs.contains(pair) { found.insert(pair) }
            }
        }
        return Double(found.count) / Double(pairs.count)
    }
}
