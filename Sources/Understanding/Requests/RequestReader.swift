import Core
import Foundation
import Languages

/// Tells what a message wants by its meaning: a logistic regression on its vector, fitted by
/// `Benchmarks/fit_requests.py` on requests that were written for it.
package struct RequestReader: Sendable {
    private let vectors: TextVectors

    package init(vectors: TextVectors) {
        self.vectors = vectors
    }

    /// What was fitted, in `Resources/requests.json`.
    private struct Weights: Codable, Sendable {
        var kinds: [RequestKind]
        /// One a kind.
        var intercepts: [Double]
        /// For each kind one weight a component of the vector.
        var weights: [[Double]]
        /// A text, and its vector by the embedding model on which the weights were fitted.
        var probe: String
        var probeVector: [Double]

        static let current: Weights = EmbeddedFile.read(PackageResources.requests_json, "requests.json")
    }

    /// The cosine from which on two vectors of one text are of one model.
    private static let sameModel = 0.98
    /// The probability that the model may answer by itself, from which on it does: an answer that is made up is worse than none.
    private static let leastToSpeak = 0.6

    /// What a message wants.
    ///
    /// - Parameter previous: the question before, which this one may go on from.
    /// - Returns: nil where the embedding model is another than the one that was fitted on.
    package func kind(of message: String, after previous: String?) async throws -> RequestKind? {
        let text = Self.read(message, after: previous)
        guard let likely = try await probabilities(ofRead: text) else { return nil }
        let maySpeak = likely.filter { $0.kind.maySpeak }.reduce(0) { $0 + $1.probability } >= Self.leastToSpeak
        let kind = likely.filter { $0.kind.maySpeak == maySpeak }.max { $0.probability < $1.probability }?.kind
        Trace.current?.add(
            TraceEntry(
                stage: "request", prompt: text,
                candidates: likely.map { TraceEntry.Candidate(text: $0.kind.rawValue, score: $0.probability) },
                output: kind?.rawValue ?? "unknown"))
        return kind
    }

    /// How likely a message wants each kind of thing.
    ///
    /// - Returns: the probability of each kind; empty where the embedding model is another than the one that was fitted on.
    package func probabilities(of message: String) async throws -> [RequestKind: Double] {
        let likely = try await probabilities(ofRead: Self.read(message, after: nil)) ?? []
        return Dictionary(uniqueKeysWithValues: likely.map { ($0.kind, $0.probability) })
    }

    /// Of a text that is handed over, what it is handed over for is said at its beginning.
    private static func read(_ message: String, after previous: String?) -> String {
        String((previous.map { "\($0) \(message)" } ?? message).prefix(500))
    }

    private func probabilities(
        ofRead text: String
    ) async throws -> [(kind: RequestKind, probability: Double)]? {
        let weights = Weights.current
        let found = try await vectors.embed([text, weights.probe])
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        guard found.count == 2, let vector = found.first, vector.count == weights.probeVector.count,
            AnchorIndex.cosine(found[1], weights.probeVector.map(Float.init)) >= Self.sameModel
        else { return nil }
        let scores = weights.kinds.indices.map { kind in
            zip(weights.weights[kind], vector).reduce(weights.intercepts[kind]) { $0 + $1.0 * Double($1.1) }
        }
        let most = scores.max() ?? 0
        let odds = scores.map { exp($0 - most) }
        let total = odds.reduce(0, +)
        return zip(weights.kinds, odds).map { (kind: $0, probability: $1 / total) }
    }
}
