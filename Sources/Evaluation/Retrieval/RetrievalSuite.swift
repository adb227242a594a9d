import Core
import SquireClient
import SquireProtocol

/// Passages, and questions to which some of them have the answer: how far up are they found?
struct RetrievalSuite: EvaluationSuite {
    struct Passage: Sendable, Hashable, Decodable {
        /// By which cases name it.
        var title: String
        var text: String
    }

    struct Case: Sendable, Hashable, Decodable {
        var id: String
        var question: String
        /// The titles of those that have the answer.
        var passages: [String]
    }

    private struct PassageLine: Decodable {
        var passage: Passage
    }

    static let first = Measure("hit@1")
    static let firstFive = Measure("hit@5")
    static let reciprocalRank = Measure("MRR@10", .mean)

    var name: String
    var passages: [Passage]
    var cases: [Case]

    var measures: [Measure] { [Self.first, Self.firstFive, Self.reciprocalRank] }
    var caseCount: Int { cases.count }

    /// All passages stay: among fewer the right one would be found more easily.
    func limited(to count: Int) -> RetrievalSuite {
        RetrievalSuite(name: name, passages: passages, cases: Array(cases.prefix(count)))
    }

    /// Adds the passages, each as a document of its own, to a collection of the suite's name, and waits until they can be
    /// found by meaning.
    func prepare(_ client: SquireClient) async throws {
        for passage in passages {
            _ = try await client.call(
                DocumentAdd.self, .init(text: passage.text, title: passage.title, collection: name))
        }
        while true {
            let collections = try await client.call(DocumentList.self, .init(collection: name, limit: 1)).collections
            if collections.allSatisfy({ $0.embedded == $0.passages }) { return }
            // The daemon sends no word of it; a few seconds of embedding are looked at so often.
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    func run(_ index: Int, _ client: SquireClient) async throws -> CaseOutcome {
        let test = cases[index]
        let start = ContinuousClock.now
        let found = try await client.call(
            DocumentSearch.self, .init(query: test.question, limit: 30, collections: .named([name]))
        ).passages
        let seconds = (.now - start) / .seconds(1)
        var titles: [String] = []
        for passage in found where !titles.contains(passage.title) { titles.append(passage.title) }
        let rank = titles.prefix(10).firstIndex(where: test.passages.contains).map { $0 + 1 }
        return CaseOutcome(
            scores: [
                Self.first: rank == 1 ? 1 : 0, Self.firstFive: rank.map { $0 <= 5 } ?? false ? 1 : 0,
                Self.reciprocalRank: rank.map { 1 / Double($0) } ?? 0,
            ],
            came: titles.prefix(3).joined(separator: " · "), seconds: seconds, isRight: rank == 1)
    }

    func question(_ index: Int) -> CaseQuestion {
        let test = cases[index]
        return CaseQuestion(
            id: test.id, text: test.question, wanted: test.passages.joined(separator: " or "), measures: measures)
    }
}

// Beside the type, so that it keeps its memberwise initialiser.
extension RetrievalSuite {
    /// - Throws: `suiteDamaged`.
    init(name: String, lines: [JSONLine]) throws {
        var names = CaseNames()
        var titles: Set<String> = []
        var passages: [Passage] = []
        var cases: [Case] = []
        for line in lines {
            if line.value["passage"] != nil {
                let passage = try line.decode(PassageLine.self).passage
                guard titles.insert(passage.title).inserted else {
                    throw line.damaged("there is another passage \"\(passage.title)\"")
                }
                passages.append(passage)
                continue
            }
            let test = try line.decode(Case.self)
            try names.add(test.id, in: line)
            guard !test.passages.isEmpty else { throw line.damaged("`passages` is empty: where is the answer?") }
            if let unknown = test.passages.first(where: { !titles.contains($0) }) {
                throw line.damaged("no line above has a passage \"\(unknown)\"")
            }
            cases.append(test)
        }
        self.init(name: name, passages: passages, cases: cases)
    }
}
