import Core
import Foundation

/// How likely each of several continuations is after one prompt: the prompt is read once, and the continuations, which
/// may begin alike, as a tree in one batch. Owned by the engine's thread.
final class Scoring {
    /// A token to compute, and whose logits it gives.
    struct Item: Hashable {
        var token: Token
        /// How many tokens of the continuation come before it.
        var depth: Int
        /// Indices of the continuations that begin with it and all before it.
        var alternatives: [Int]
    }

    private let alternatives: [[Token]]
    private var sums: [Double]
    /// The first continuation whose later tokens are not computed yet.
    private(set) var next = 0
    var usage: Usage
    private let answer: (Result<(scores: [AlternativeScore], usage: Usage), InferenceError>) -> Void

    init(
        _ alternatives: [[Token]], promptTokens: Int,
        answer: @escaping (Result<(scores: [AlternativeScore], usage: Usage), InferenceError>) -> Void
    ) {
        self.alternatives = alternatives
        sums = Array(repeating: 0, count: alternatives.count)
        usage = Usage(promptTokens: promptTokens)
        self.answer = answer
    }

    var isDone: Bool { next >= alternatives.count }

    /// Tokens to compute of the next continuation.
    var nextLength: Int { isDone ? 0 : max(0, alternatives[next].count - 1) }

    /// Takes the logits after the prompt; again, where the request had to make room for others in between.
    func begin(_ logits: UnsafeBufferPointer<Float>) {
        let normalizer = unsafe LogSumExp.of(logits)
        for (index, tokens) in alternatives.enumerated().dropFirst(next) {
            if let first = tokens.first { sums[index] = unsafe Double(logits[Int(first)]) - normalizer }
        }
        skipShort()
    }

    /// The next continuations as a tree: as many as fit whole; none where not even the first does.
    ///
    /// - Parameters:
    ///   - tokens: the most tokens.
    ///   - sequences: the most continuations.
    func items(tokens limit: Int, sequences: Int) -> (range: Range<Int>, items: [Item]) {
        var items: [Item] = []
        var end = next
        while end < alternatives.count, end - next < sequences {
            let path = alternatives[end].dropLast()
            let known = items.count
            var shared = 0
            for (depth, token) in path.enumerated() {
                // Shared as long as everything before is.
                if shared == depth,
                    let index = items.firstIndex(where: { item in
                        item.depth == depth && item.token == token
                            && item.alternatives.contains { alternatives[$0].starts(with: path.prefix(depth)) }
                    })
                {
                    items[index].alternatives.append(end)
                    shared += 1
                } else {
                    items.append(Item(token: token, depth: depth, alternatives: [end]))
                }
            }
            if items.count > limit {
                items.removeLast(items.count - known)
                for index in items.indices { items[index].alternatives.removeAll { $0 == end } }
                break
            }
            end += 1
        }
        return (next..<end, items)
    }

    /// Takes the logits after one item.
    func take(_ logits: UnsafeBufferPointer<Float>, after item: Item) {
        let normalizer = unsafe LogSumExp.of(logits)
        for index in item.alternatives {
            let token = alternatives[index][item.depth + 1]
            sums[index] += unsafe Double(logits[Int(token)]) - normalizer
        }
    }

    /// Continuations up to `end` are done.
    func done(upTo end: Int, computed: Int) {
        next = end
        usage.completionTokens += computed
        skipShort()
    }

    private func skipShort() {
        while next < alternatives.count, alternatives[next].count < 2 { next += 1 }
    }

    func finish() {
        let scores = zip(sums, alternatives).map { AlternativeScore(logProbability: $0, tokenCount: $1.count) }
        answer(.success((scores, usage)))
    }

    func fail(_ error: InferenceError) {
        answer(.failure(error))
    }
}
