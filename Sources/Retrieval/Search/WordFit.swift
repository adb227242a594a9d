import Foundation
import Stemming
import Store

/// How much of a query a content says in the query's own words.
struct WordFit: Sendable {
    private struct Pair: Hashable {
        var first: String
        var second: String
    }

    /// A query in one language.
    private struct Wanted {
        /// How much each word tells: its inverse document frequency, as BM25 has it.
        var weights: [String: Double] = [:]
        /// Words that stand side by side in the query; of two common ones each, nothing is told.
        var pairs: Set<Pair> = []
    }

    private var wanted: [String: Wanted] = [:]

    /// - Parameters:
    ///   - languages: those the documents are in.
    ///   - frequencies: how many contents each stem is in.
    ///   - count: of all contents.
    init(_ text: String, languages: [String], frequencies: [String: Int], count: Int) {
        for language in languages {
            let words = WordAnalyzer.words(of: text, language: language)
            let common = Set(TextLanguage.commonWords(language))
            var query = Wanted()
            for word in words {
                let frequency = Double(frequencies[word] ?? 0)
                query.weights[word] = log(1 + (Double(count) - frequency + 0.5) / (frequency + 0.5))
            }
            for (first, second) in zip(words, words.dropFirst())
            where !(common.contains(first) && common.contains(second)) {
                query.pairs.insert(Pair(first: first, second: second))
            }
            wanted[language] = query
        }
    }

    /// The parts of the query's pairs of words and of its words, each by what it tells, that contents have: from 0 to 1.
    /// In two halves at once: looking at the texts is what a search over few documents takes longest for.
    func parts(in contents: [Int: StoredContent]) async -> [Int: (pairs: Double, words: Double)] {
        let contents = Array(contents)
        let middle = contents.count / 2
        async let first = parts(in: contents[..<middle])
        async let second = parts(in: contents[middle...])
        return await first.merging(second) { first, _ in first }
    }

    @concurrent
    private func parts(
        in contents: ArraySlice<(key: Int, value: StoredContent)>
    ) async -> [Int: (pairs: Double, words: Double)] {
        var found: [Int: (pairs: Double, words: Double)] = [:]
        for (language, contents) in Dictionary(grouping: contents, by: \.value.language) {
            Stemmer.lend(language) { stemmer in
                for (id, content) in contents { found[id] = parts(in: content, stemmer) }
            }
        }
        return found
    }

    private func parts(in content: StoredContent, _ stemmer: Stemmer?) -> (pairs: Double, words: Double) {
        guard let query = wanted[content.language] else { return (0, 0) }
        var pairs: Set<Pair> = []
        var words: Set<String> = []
        for text in [content.title, content.headings, content.text] {
            let found = WordAnalyzer.words(of: text, stemmer)
            words.formUnion(found.filter { query.weights[$0] != nil })
            for (first, second) in zip(found, found.dropFirst()) where query.weights[first] != nil {
                let pair = Pair(first: first, second: second)
                if query.pairs.contains(pair) { pairs.insert(pair) }
            }
        }
        let total = query.weights.values.reduce(0, +)
        return (
            query.pairs.isEmpty ? 0 : Double(pairs.count) / Double(query.pairs.count),
            total > 0 ? words.reduce(0) { $0 + (query.weights[$1] ?? 0) } / total : 0
        )
    }
}
