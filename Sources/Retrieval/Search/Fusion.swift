/// Makes one order of how near a content's meaning is, how well its words fit, and how much of the query it says.
///
/// A convex combination rather than a fusion of ranks, which gives a weak half as much to say as a strong one (Bruch, Gai
/// and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", arXiv 2210.11934). The parts were chosen on 600
/// descriptions of encyclopedia articles as queries (docs/documents.md), where from 0.2 to 0.4 for each of the last two, and
/// from 0.3 to 0.5 for the words, came within a hundredth of the best.
enum Fusion {
    private static let words = 0.4
    private static let pairs = 0.4
    private static let coverage = 0.4

    /// The candidates with their scores, and best first, before it is looked at what they say.
    static func scored(_ candidates: [Candidate]) -> [Candidate] {
        let mostWords = candidates.compactMap(\.words).max() ?? 0
        let known = candidates.compactMap(\.similarity)
        let hasMeaning = !known.isEmpty
        // What has no vector yet is taken to be as near as what words found beside it: it is not to be behind for that.
        let found = candidates.filter { $0.words != nil }.compactMap(\.similarity)
        let unknown = mean(found.isEmpty ? known : found)
        // One of them alone decides alone.
        let wordPart = mostWords <= 0 ? 0 : hasMeaning ? words / (1 + words) : 1
        return candidates.map { candidate -> Candidate in
            var candidate = candidate
            let fit = mostWords > 0 ? (candidate.words ?? 0) / mostWords : 0
            candidate.score = wordPart * fit + (1 - wordPart) * max(0, candidate.similarity ?? unknown)
            return candidate
        }.bestFirst
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// The score with the part of the query's identifiers that stand in a content as they are written: half of it, so that
    /// a content with all of them comes before every content with none.
    static func score(_ score: Double, identifiers: Double) -> Double { (score + identifiers) / 2 }

    /// The score with the parts of the query that a content has.
    static func score(_ score: Double, _ parts: (pairs: Double, words: Double)) -> Double {
        ((1 + words) * score + pairs * parts.pairs + coverage * parts.words) / (1 + words + pairs + coverage)
    }
}
