/// Makes one order of how well a content's words fit, how near its meaning is, and how many of the query's words stand
/// side by side in it.
///
/// A convex combination rather than a fusion of ranks, which gives a weak half as much to say as a strong one (Bruch, Gai
/// and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", arXiv 2210.11934). The parts were chosen on 305
/// descriptions of encyclopedia articles as queries, where anything from 0.3 to 0.65 for the words, and from 0.1 to 0.25
/// for the pairs, came within a hundredth of the best.
enum Fusion {
    private static let words = 0.5
    private static let meaning = 0.5
    static let pairs = 0.2

    /// The candidates with their scores, and best first, before pairs of words are counted.
    static func scored(_ candidates: [Candidate]) -> [Candidate] {
        let mostWords = candidates.compactMap(\.words).max() ?? 0
        let hasMeaning = candidates.contains { $0.similarity != nil }
        // One of them alone decides alone.
        let wordPart = mostWords <= 0 ? 0 : hasMeaning ? words : 1
        let meaningPart = !hasMeaning ? 0 : mostWords > 0 ? meaning : 1
        return candidates.map { candidate -> Candidate in
            var candidate = candidate
            let fit = mostWords > 0 ? (candidate.words ?? 0) / mostWords : 0
            candidate.score = wordPart * fit + meaningPart * max(0, candidate.similarity ?? 0)
            return candidate
        }.bestFirst
    }

    /// The score with the part of the query's pairs of words that a content has.
    static func score(_ score: Double, pairs part: Double) -> Double {
        (score + pairs * part) / (1 + pairs)
    }
}
