import Core
import Languages
import Understanding

/// Finds what the user's documents say to a question, where they say anything.
struct PassageFinder: Sendable {
    let source: any PassageSource
    let judge: PassageJudge
    let language: QuestionLanguage

    init(source: any PassageSource, embedder: any Embedder, language: QuestionLanguage = .english) {
        self.source = source
        self.language = language
        judge = PassageJudge(embedder: embedder, language: language)
    }

    /// Passages that are found for each wording of the question: by these it is known which of its words are rare.
    private static let mostOfWording = 12
    /// The best of them, which are read.
    static let mostRead = 8
    /// Units that `--trace` shows.
    private static let mostShown = 6

    /// The passages that search ranks first for a question, whether they answer it or not.
    ///
    /// - Parameter previous: the question before, which this one may go on from.
    /// - Throws: `collectionUnknown`.
    func candidates(_ question: String, previous: String?, in collections: NameSelection) async throws -> [Passage] {
        var names: [String]?
        if case .named(let list) = collections { names = list }
        if names == [] { return [] }
        // A question that only makes sense after the one before it is looked for together with it. The words that ask
        // rather than say of what lead away from short passages.
        let second = previous.map { "\($0) \(question)" } ?? subject(of: question)
        var found: [[Passage]] = []
        for text in [question, second].compactMap(\.self) {
            found.append(
                try await source.passages(for: PassageQuery(text, limit: Self.mostOfWording, collections: names)))
        }
        // The first of each wording, then the second of each, and so on.
        var passages: [Passage] = []
        for rank in 0..<Self.mostOfWording {
            for list in found where rank < list.count {
                let passage = list[rank]
                if !passages.contains(where: { $0.document == passage.document && $0.text == passage.text }) {
                    passages.append(passage)
                }
            }
        }
        return passages
    }

    /// How much less must speak for an answer from a collection that was named, in log-odds.
    private static let allowance = 1.5
    /// How much less must speak for what may be told as the nearest, though it may not answer.
    private static let nearness = 2.0

    /// What answers a question, or is nearest to answering it; nil where nothing that was found is near.
    ///
    /// - Throws: `collectionUnknown`.
    func find(_ question: String, previous: String?, in collections: NameSelection) async throws -> FoundAnswer? {
        let passages = try await candidates(question, previous: previous, in: collections)
        guard !passages.isEmpty else { return nil }
        let weights = PassageWeights.current
        let weighed = try await weighed(previous.map { "\($0) \(question)" } ?? question, passages)
        var least = weights.least
        // Who names a collection says that the answer is in it.
        if case .named = collections { least -= Self.allowance }
        let odds = weights.logOdds(ofAny: weighed.map(\.odds))
        let isAnswered = odds >= least
        Trace.current?.add(
            TraceEntry(
                stage: "documents", prompt: question,
                candidates: weighed.prefix(Self.mostShown).map {
                    TraceEntry.Candidate(text: "\(passages[$0.unit.passage].title): \($0.unit.text)", score: $0.odds)
                },
                output: isAnswered ? passages[weighed[0].unit.passage].title : "no passage answers"))
        guard odds >= least - Self.nearness else { return nil }
        return FoundAnswer(passages: passages, units: weighed, isSure: isAnswered)
    }

    /// The unit of what the user told that answers a question; nil where none does.
    func best(for question: String, of passages: [Passage]) async throws -> PassageUnit? {
        let weights = PassageWeights.current
        let weighed = try await weighed(question, passages).filter { $0.unit.text.last != "?" }
        Trace.current?.add(
            TraceEntry(
                stage: "conversation", prompt: question,
                candidates: weighed.prefix(Self.mostShown).map {
                    TraceEntry.Candidate(text: $0.unit.text, score: $0.odds)
                }))
        return weights.logOdds(ofAny: weighed.map(\.odds)) >= weights.least ? weighed.first?.unit : nil
    }

    /// The units of passages, the likeliest to answer a question first.
    private func weighed(_ question: String, _ passages: [Passage]) async throws -> [FoundAnswer.Unit] {
        let weights = PassageWeights.current
        return try await judge.weighed(PassageQuestion(question, in: language), passages, reading: Self.mostRead)
            .map { FoundAnswer.Unit(unit: $0.unit, odds: weights.logOdds($0.evidence)) }.sorted { $0.odds > $1.odds }
    }

    /// What is left of a question without the words that ask; nil where that is nothing, or all.
    func subject(of question: String) -> String? {
        let asking = language.words.words.aboutDocuments
        let words = question.split(whereSeparator: \.isWhitespace)
        let kept = words.filter { !asking.contains($0.lowercased().filter { $0.isLetter || $0 == "'" }) }
        return kept.isEmpty || kept.count == words.count ? nil : kept.joined(separator: " ")
    }
}

/// Passages that answer a question, or are near to it, and where in them the answer stands.
struct FoundAnswer: Sendable, Hashable {
    struct Unit: Sendable, Hashable {
        var unit: PassageUnit
        /// The log-odds that it answers.
        var odds: Double
    }

    /// The best first.
    var passages: [Passage]
    /// The likeliest to answer first; never empty.
    var units: [Unit]
    /// Whether they answer; else they are only the nearest there is.
    var isSure = true
}
