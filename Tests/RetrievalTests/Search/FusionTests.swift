import Testing

@testable import Retrieval

@Suite("Words and meaning together")
struct FusionTests {
    @Test func `a content whose vector is still to be made is not behind those that have one`() {
        let scored = Fusion.scored([
            Candidate(content: 1, words: 7, similarity: 0.6), Candidate(content: 2, words: 10),
            Candidate(content: 3, similarity: 0.7), Candidate(content: 4, words: 2),
        ])
        #expect(scored.map(\.content) == [2, 1, 3, 4])
    }
}
