import Core
import ScriptedModels
import Synchronization
import Testing

@testable import Agent
@testable import Understanding

/// Has a passage for the queries that hold a word, as near as it is told.
private final class OnePassage: PassageSource {
    let word: String
    let similarity: Double?
    let queries = Mutex<[String]>([])

    init(_ word: String, similarity: Double? = 0.9) {
        self.word = word
        self.similarity = similarity
    }

    func passages(for query: PassageQuery) async throws -> [Passage] {
        queries.withLock { $0.append(query.text) }
        guard query.text.hasPrefix(word) else { return [] }
        return [
            Passage(
                document: "d", title: "Boilers", location: "line 1", text: "Hold the button.", score: 1,
                similarity: similarity, collection: "c", type: "text", source: nil, line: 1, highlights: [])
        ]
    }

    func requireCollections(_ names: [String]) async throws {}
}

struct PassageFinderTests {
    private func finder(_ source: OnePassage) -> PassageFinder {
        PassageFinder(source: source, embedder: CountingEmbedder())
    }

    @Test func `a question is looked for as it is, and without the words that ask`() async throws {
        let source = OnePassage("resetting")
        let question = "Could you tell me what my notes say about resetting the boiler?"
        let found = try await finder(source).candidates(question, previous: nil, in: .auto)
        #expect(found.count == 1)
        #expect(source.queries.withLock { $0 } == [question, "resetting boiler?"])
    }

    @Test func `a question that goes on from another is looked for together with it`() async throws {
        let source = OnePassage("How do I reset the boiler?")
        let found = try await finder(source).candidates(
            "And if that fails?", previous: "How do I reset the boiler?", in: .auto)
        #expect(found.count == 1)
    }

    @Test func `a passage that is found and does not answer is no answer`() async throws {
        let finder = self.finder(OnePassage("Who", similarity: 0.1))
        #expect(try await finder.find("Who is the mayor of Leeds?", previous: nil, in: .auto) == nil)
        #expect(try await finder.candidates("Who is the mayor?", previous: nil, in: .named([])).isEmpty)
    }

    @Test func `what is near and may not answer is told apart from what answers`() async throws {
        // With one passage of one sentence, the cosine alone moves the odds.
        var kinds: Set<String> = []
        for similarity in stride(from: -1.0, through: 1.0, by: 0.1) {
            let finder = self.finder(OnePassage("Who", similarity: similarity))
            let found = try await finder.find("Who is to hold the button?", previous: nil, in: .named(["c"]))
            kinds.insert(found.map { $0.isSure ? "answer" : "near" } ?? "nothing")
        }
        #expect(kinds.count > 1)
    }

    @Test func `a question that asks with every word, or with none, has no shorter form`() {
        let finder = self.finder(OnePassage("boiler", similarity: 0.4))
        #expect(finder.subject(of: "What is it?") == nil)
        #expect(finder.subject(of: "boiler pressure") == nil)
        #expect(finder.subject(of: "What is the boiler's pressure?") == "boiler's pressure?")
    }
}
