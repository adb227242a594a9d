import Core
import Synchronization

/// The vectors of texts that were embedded before: a tool's description is embedded once and not for each question.
final class AnchorIndex: Sendable {
    private let embedder: any Embedder
    private let known = Mutex<[String: [Float]]>([:])

    init(embedder: any Embedder) {
        self.embedder = embedder
    }

    /// One vector of length 1 a text.
    func vectors(of texts: [String]) async throws -> [[Float]] {
        let missing = known.withLock { known in texts.filter { known[$0] == nil } }
        if !missing.isEmpty {
            let vectors = try await embedder.embed(missing)
            known.withLock { known in
                for (text, vector) in zip(missing, vectors) { known[text] = vector }
            }
        }
        return known.withLock { known in texts.map { known[$0] ?? [] } }
    }

    /// Vectors of what texts are about and of how they are put, half and half: names, numbers and dates are taken out
    /// for the second, so that a question about Paris is not near to every other question about Paris.
    func sense(of texts: [String]) async throws -> [[Float]] {
        let whole = try await vectors(of: texts)
        let frames = try await vectors(of: texts.map(Self.frame))
        let half = Float(0.5).squareRoot()
        return zip(whole, frames).map { ($0 + $1).map { $0 * half } }
    }

    /// A text with common words in place of its names, numbers and dates.
    static func frame(_ text: String) -> String {
        var rest = text
        let dates = DateMentions.extract(from: &rest, today: "2000-01-01")
        if !dates.isEmpty { rest += " that day" }
        return rest.replacing(/\d+(?:[.,:]\d+)*/, with: "ten")
            .replacing(/(?<before>[a-z,:] )\p{Lu}[\p{L}.]+(?:,? \p{Lu}[\p{L}.]+)*/) { "\($0.before)somewhere" }
    }

    static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        Double(zip(a, b).reduce(Float(0)) { $0 + $1.0 * $1.1 })
    }
}
