import Core
import Testing

@testable import Inference

struct ScoringTests {
    private func scoring(_ alternatives: [[Token]]) -> Scoring {
        Scoring(alternatives, promptTokens: 1) { _ in }
    }

    @Test func `continuations that begin alike are computed once as far as they do`() {
        let (range, items) = scoring([[1, 2, 3], [1, 2, 4], [1, 5, 6], [7]]).items(tokens: 10, sequences: 8)
        #expect(range == 0..<4)
        #expect(items.map(\.token) == [1, 2, 5])
        #expect(items.map(\.alternatives) == [[0, 1, 2], [0, 1], [2]])
    }

    @Test(arguments: [(1, 0), (2, 1), (3, 1), (4, 2), (9, 2)])
    func `what does not fit whole waits, the first one too`(tokens: Int, fitting: Int) {
        let (range, items) = scoring([[1, 2, 3], [4, 5, 6]]).items(tokens: tokens, sequences: 8)
        #expect(range == 0..<fitting && items.count == 2 * fitting)
    }

    @Test func `a request that had to make room goes on where it was`() throws {
        var found: [AlternativeScore] = []
        let scoring = Scoring([[0, 1], [1, 0]], promptTokens: 1) { answer in
            if case .success(let success) = answer { found = success.scores }
        }
        func step(_ logits: [Float], _ body: (UnsafeBufferPointer<Float>) -> Void) {
            unsafe logits.withUnsafeBufferPointer { unsafe body($0) }
        }
        unsafe step([1, 2]) { unsafe scoring.begin($0) }
        let first = scoring.items(tokens: 1, sequences: 1)
        unsafe step([3, 5]) { unsafe scoring.take($0, after: first.items[0]) }
        scoring.done(upTo: first.range.upperBound, computed: 1)
        // The prompt is read again.
        unsafe step([1, 2]) { unsafe scoring.begin($0) }
        let second = scoring.items(tokens: 1, sequences: 1)
        unsafe step([3, 5]) { unsafe scoring.take($0, after: second.items[0]) }
        scoring.done(upTo: second.range.upperBound, computed: 1)
        scoring.finish()
        func log(_ value: Float, among values: [Float]) -> Double {
            unsafe values.withUnsafeBufferPointer { unsafe Double(value) - LogSumExp.of($0) }
        }
        #expect(found.count == 2)
        #expect(abs(found[0].logProbability - (log(1, among: [1, 2]) + log(5, among: [3, 5]))) < 1e-5)
        #expect(abs(found[1].logProbability - (log(2, among: [1, 2]) + log(3, among: [3, 5]))) < 1e-5)
    }
}
