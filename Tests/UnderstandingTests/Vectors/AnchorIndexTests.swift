import Core
import ScriptedModels
import Testing

@testable import Understanding

/// How near questions are to texts, with vectors by words.
struct AnchorIndexTests {
    private let language = QuestionLanguage.english
    private func index() -> AnchorIndex { AnchorIndex(vectors: TextVectors(WordEmbedder())) }
    private func anchor(_ text: String) -> AnchorIndex.Anchor { AnchorIndex.Anchor(text, in: language) }

    private func nearness(_ one: String, _ other: String) async throws -> Double {
        let senses = try await index().senses(of: [anchor(one), anchor(other)])
        return senses[0].nearness(senses[1])
    }

    @Test func `a text is nearest to itself, and nearer to what it is like`() async throws {
        #expect(try await nearness("What time is it in Paris?", "What time is it in Paris?") > 0.999)
        let same = try await nearness("What time is it in Paris?", "What time is it in Lima?")
        let other = try await nearness("What time is it in Paris?", "Which trains go to Paris?")
        #expect(same > other)
    }

    @Test func `senses are known once they are computed, and computing none gives none`() async throws {
        let index = index()
        let anchors = ["One text.", "Another text."].map(anchor)
        #expect(index.known(anchors).isEmpty)
        _ = try await index.senses(of: [anchors[0]])
        #expect(index.known(anchors).count == 1)
        #expect(try await index.senses(of: []).isEmpty)
    }

    @Test func `the example nearest to a question comes first`() async throws {
        let questions = ["When does the sun set?", "What time is it in Rome?", "Which day is it?"]
        let tool = Tool(
            plugin: "clock", operation: "time", description: "", parameters: [:], parameterOrder: [], isReadOnly: true,
            examples: questions.map { Tool.Example(question: $0, arguments: [:]) })
        let nearest = try await index().examples(
            of: tool, questions.map(anchor), nearestTo: "What time is it in Lima?", in: language)
        #expect(nearest.map(\.question).first == questions[1])
        #expect(nearest.count == 3)
        // Those beyond the anchors are left out.
        let few = try await index().examples(
            of: tool, [anchor(questions[0])], nearestTo: "What time is it in Lima?", in: language)
        #expect(few.map(\.question) == [questions[0]])
    }
}

/// The vectors that stand in for a model's.
struct WordEmbedderTests {
    private let embedder = WordEmbedder()

    @Test func `vectors have the length 1, and a text without words none`() async throws {
        let vectors = try await embedder.embed(["Two open orders", "the", "?!"])
        #expect(
            AnchorIndex.cosine(vectors[0], vectors[0]) > 0.999 && AnchorIndex.cosine(vectors[1], vectors[1]) > 0.999)
        #expect(vectors[2].allSatisfy { $0 == 0 })
    }

    @Test func `case, marks and number change nothing, and words that everybody says little`() async throws {
        let vectors = try await embedder.embed(["open orders", "Open, ORDER!", "the open orders", "closed accounts"])
        #expect(AnchorIndex.cosine(vectors[0], vectors[1]) > 0.999)
        #expect(AnchorIndex.cosine(vectors[0], vectors[2]) > 0.99)
        #expect(AnchorIndex.cosine(vectors[0], vectors[3]) < 0.1)
    }

    @Test func `a text has as many tokens as words`() async throws {
        #expect(try await embedder.tokenCounts(of: ["One, two: three.", "", "4x4"]) == [3, 0, 1])
    }
}
