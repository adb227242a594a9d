import Core
import Foundation
import Store

/// Finds passages by their words and by what they mean.
struct Searcher: Sendable {
    private let store: Database
    private let serving: ServingVectors
    private let reranker: (any Reranker)?
    private let frequencies = WordFrequencies()

    /// Candidates of each kind that are looked at more closely.
    private static let mostCandidates = 100
    /// Entries of the index of words that one query looks up at most; see `WordQuery.expression`. Each takes a
    /// microsecond or two, and among many passages there is less time for them.
    private static func wordBudget(contents: Int) -> Int { contents < 30_000 ? 30_000 : 2_000 }
    /// How much a word counts in a title, in headings, and in the text itself. Measured: titles and headings are few words,
    /// which BM25 takes into account by itself.
    private static let weights = (1.0, 1.0, 1.0)
    /// The best candidates, whose texts are looked at; each takes a tenth of a millisecond.
    private static func closer(contents: Int) -> Int { contents < 30_000 ? 50 : 30 }
    /// The best of them, which a re-ranker reads: each takes as long as embedding a passage.
    private static let reranked = 20

    /// The cosine under which texts have nothing to do with each other, with the default embedding model.
    private static let leastSimilarity = 0.25

    init(store: Database, serving: ServingVectors, reranker: (any Reranker)?) {
        self.store = store
        self.serving = serving
        self.reranker = reranker
    }

    /// The passages that fit best, the best first. Off the caller's actor: comparing takes a while.
    @concurrent
    func passages(for query: PassageQuery) async throws -> [Passage] {
        let filter = DocumentFilter(
            collections: query.collections, path: query.path.map { Array($0.utf8) }, types: query.types,
            since: query.since, until: query.until)
        let (languages, count) = try await store.extent()
        let words = WordQuery(query.text, languages: languages)
        // Without documents there are no languages.
        guard !languages.isEmpty, !words.terms.isEmpty, query.limit > 0 else { return [] }
        let most = max(Self.mostCandidates, 3 * query.limit)
        // At once, since each keeps a core busy; embedding the query takes longest.
        async let near = nearest(query, words, filter, most: most)
        let comparesWords = query.method != .meaning
        let (counts, fitting) =
            comparesWords ? try await fitting(words, languages, count, filter, most: most) : ([:], [])
        let candidates = try await candidates(fitting, near)
        let closer = candidates.prefix(max(Self.closer(contents: count), 4 * query.limit))
        // Where they stand is looked up while it is looked at what they say.
        async let rows = store.passages(saying: closer.map(\.content), filter: filter)
        let contents = try await store.contents(closer.map(\.content))
        let fits =
            comparesWords
            ? await WordFit(query.text, languages: languages, frequencies: counts, count: count)
                .parts(in: contents)
            : [:]
        let identifiers = Identifiers(query.text)
        let best = closer.map { candidate -> Candidate in
            var candidate = candidate
            if let fit = fits[candidate.content] { candidate.score = Fusion.score(candidate.score, fit) }
            if comparesWords, !identifiers.isEmpty, let content = contents[candidate.content] {
                candidate.score = Fusion.score(candidate.score, identifiers: identifiers.share(in: content))
            }
            return candidate
        }.bestFirst
        return passages(try await reranked(best, contents, query), contents, try await rows, query, words)
    }

    /// What was found by words and what is near, each with both scores.
    private func candidates(_ fitting: [(content: Int, score: Double)], _ near: Near?) async throws -> [Candidate] {
        var found: [Int: Candidate] = [:]
        for (content, score) in fitting { found[content] = Candidate(content: content, words: score) }
        guard let near else { return Fusion.scored(Array(found.values)) }
        for (content, similarity) in near.nearest {
            // Something is always the nearest; what is far and shares no word has nothing to do with the query.
            guard found[content] != nil || Double(similarity) >= Self.leastSimilarity else { continue }
            found[content, default: Candidate(content: content)].similarity = Double(similarity)
        }
        let missing = found.values.filter { $0.similarity == nil }.map(\.content)
        for (content, similarity) in try await near.vectors.similarities(of: missing, to: near.vector) {
            found[content]?.similarity = Double(similarity)
        }
        return Fusion.scored(Array(found.values))
    }

    /// How many contents each of the words is in, and the contents they fit best, with BM25.
    private func fitting(
        _ words: WordQuery, _ languages: [String], _ count: Int, _ filter: DocumentFilter, most: Int
    ) async throws -> (counts: [String: Int], contents: [(content: Int, score: Double)]) {
        try await store.readWords { [frequencies] index in
            let counts = try frequencies.counts(of: words.single, languages, count, in: index)
            guard let expression = words.expression(counts, budget: Self.wordBudget(contents: count)) else {
                return (counts, [])
            }
            return (
                counts,
                try index.contents(matching: expression, weights: Self.weights, filter: filter, limit: most)
            )
        }
    }

    /// The contents nearest to a query by what they mean.
    private struct Near {
        /// The query's.
        var vector: [Float]
        /// What it was compared with.
        var vectors: any VectorIndex
        var nearest: [(content: Int, similarity: Float)]
    }

    /// Nil where meaning is not looked at.
    @concurrent
    private func nearest(
        _ query: PassageQuery, _ words: WordQuery, _ filter: DocumentFilter, most: Int
    ) async throws -> Near? {
        let (embedder, vectors) = (serving.current.embedder, serving.current.vectors)
        // A phrase that must be there is looked for by its words alone.
        guard query.method != .words, !words.terms.contains(where: \.isRequired),
            let vector = try? await embedder.embed([query.text]).first
        else { return nil }
        let wanted = filter.isOpen ? nil : Set(try await store.contents(filter: filter))
        return Near(
            vector: vector, vectors: vectors,
            nearest: try await vectors.nearest(to: vector, limit: most, within: wanted))
    }

    /// The best in the order of the model that reads a query and a text together, where there is one.
    private func reranked(
        _ best: [Candidate], _ contents: [Int: StoredContent], _ query: PassageQuery
    ) async throws -> [Candidate] {
        guard let reranker, query.method == .hybrid else { return best }
        let read = best.prefix(max(Self.reranked, query.limit)).filter { contents[$0.content] != nil }
        let texts = read.compactMap { contents[$0.content].map(EmbeddingQueue.text) }
        do {
            let scores = try await reranker.scores(of: texts, for: query.text)
            try Task.checkCancellation()
            return zip(read, scores).map { candidate, score in
                var candidate = candidate
                // It is a logit.
                candidate.score = 1 / (1 + exp(-Double(score)))
                return candidate
            }.bestFirst
        } catch  where !(error is CancellationError) {
            // Found without it all the same.
            return best
        }
    }

    /// The passages of the best contents: of one document not more than a few, and of those that say about the same, one.
    private func passages(
        _ best: [Candidate], _ contents: [Int: StoredContent], _ rows: [PassageRow], _ query: PassageQuery,
        _ words: WordQuery
    ) -> [Passage] {
        let rows = Dictionary(grouping: rows, by: \.content)
        var taken: [(candidate: Candidate, row: PassageRow)] = []
        var later = taken
        var counts: [[String]: Int] = [:]
        for candidate in best where taken.count < query.limit {
            // Where several documents say it, the first that was added is shown.
            guard let row = rows[candidate.content]?.first else { continue }
            let count = counts[[row.document, row.title], default: 0]
            counts[[row.document, row.title]] = count + 1
            if count < Self.mostOfOne { taken.append((candidate, row)) } else { later.append((candidate, row)) }
        }
        let highlights = Highlights(Set(words.terms.flatMap(\.words)))
        return (taken + later.prefix(query.limit - taken.count)).compactMap { candidate, row in
            guard let content = contents[candidate.content] else { return nil }
            return Passage(
                document: row.document, title: row.title, location: row.location, text: content.text,
                score: candidate.score, similarity: candidate.similarity, collection: row.collection, type: row.type,
                source: row.source.map { String(decoding: $0, as: UTF8.self) }, line: row.line,
                highlights: highlights.find(in: content.text, language: content.language))
        }
    }

    /// Passages of one document, or of one record, before others get a place.
    private static let mostOfOne = 2
}
