import SeededRandom
import Store
import Testing

@testable import Retrieval

struct VectorTests {
    private func random(_ count: Int, _ generator: inout SeededRandom) -> [Float] {
        let values = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return values.map { $0 / length }
    }

    @Test func `a byte a component keeps the cosine to a hundredth`() {
        var generator = SeededRandom.ofTest("VectorTests", seed: 1)
        for _ in 0..<50 {
            let (first, second) = (random(384, &generator), random(384, &generator))
            let exact = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(VectorCode(first).similarity(to: second) - exact) < 0.01)
            #expect(abs(VectorCode(first).similarity(to: first) - 1) < 0.01)
        }
        #expect(VectorCode([0, 0]).similarity(to: [1, 0]) == 0)
        #expect(VectorCode([1, 0]).similarity(to: [1, 0, 0]) == 0)
    }

    @Test func `the signs find what is near, also after others were taken out and changed`() {
        var generator = SeededRandom.ofTest("VectorTests", seed: 2)
        var table = SignTable()
        var vectors: [Int: [Float]] = [:]
        for content in 0..<500 {
            vectors[content] = random(384, &generator)
            table.set(content, VectorCode(vectors[content] ?? []).signs)
        }
        for content in stride(from: 0, to: 500, by: 3) {
            table.remove(content)
            vectors[content] = nil
        }
        for content in [1, 2] {
            vectors[content] = random(384, &generator)
            table.set(content, VectorCode(vectors[content] ?? []).signs)
        }
        #expect(table.count == vectors.count)
        for (content, vector) in vectors.sorted(by: { $0.key < $1.key }).prefix(40) {
            #expect(table.nearest(to: VectorCode(vector).signs, limit: 1, within: nil) == [content])
        }
        let some: Set<Int> = [4, 5, 7]
        let found = table.nearest(to: VectorCode(random(384, &generator)).signs, limit: 10, within: some)
        #expect(Set(found) == some)
        #expect(table.nearest(to: [], limit: 3, within: nil).isEmpty)
    }

    @Test func `of two orders one is made, and what only one knows has its place in it`() {
        let scored = Fusion.scored([
            Candidate(content: 1, words: 10, similarity: 0.8), Candidate(content: 2, words: nil, similarity: 0.9),
            Candidate(content: 3, words: 9, similarity: nil), Candidate(content: 4, words: nil, similarity: -0.1),
        ])
        #expect(scored.map(\.content) == [1, 3, 2, 4])
        #expect(scored.allSatisfy { (0...1).contains($0.score) })
        #expect(Fusion.scored([Candidate(content: 7, words: 2, similarity: nil)]).map(\.score) == [1])
        #expect(Fusion.scored([Candidate(content: 7, words: nil, similarity: 0.5)]).map(\.score) == [0.5])
        #expect(Fusion.scored([]).isEmpty)
        #expect(abs(Fusion.score(1, (pairs: 1, words: 1)) - 1) < 1e-9)
    }

    @Test func `of a query counts which of its words, and which side by side, a content has`() async {
        let fit = WordFit(
            "the idea of the separate mind", languages: ["en"],
            frequencies: ["the": 100, "of": 100, "idea": 10, "separ": 10, "mind": 1], count: 100)
        func parts(_ text: String, _ language: String = "en") async -> (pairs: Double, words: Double) {
            await fit.parts(in: [1: StoredContent(hash: [], title: "", headings: "", text: text, language: language)])[
                1]
                ?? (0, 0)
        }
        // the idea, idea of, the separate, separate mind; "of the" is none.
        #expect(await parts("The idea of it").pairs == 0.5)
        #expect(await parts("separate minds").pairs == 0.25)
        #expect(await parts("mind separate").pairs == 0)
        let whole = await parts("The mind: separate from the idea of it").words
        #expect(abs(whole - 1) < 1e-9)
        // A rare word tells more than a common one.
        let (rare, common, commonest) = await (parts("mind").words, parts("idea").words, parts("of the").words)
        #expect(rare > common && common > commonest)
        let (empty, foreign) = await (parts("").words, parts("mind", "fr").words)
        #expect(empty == 0 && foreign == 0)
    }
}
