import Foundation

/// How much of a question each record of a result says.
struct RecordRanking: Sendable {
    /// A record's score: what the question's words that stand in it tell, each the more the fewer records have it.
    let scores: [Double]
    /// The records that say most of the question, in their order; of a text with the lines beside them. None where no
    /// word tells one record from another.
    let focus: [Int]

    /// A record with this part of the best's score says as much.
    private static let near = 0.7
    private static let mostFocused = 6

    init(_ records: [ResultText.Record], question: String) {
        let telling = Self.words(of: question).map(String.init).filter(CommonWords.isContent)
        let words = Set(telling.map(Stem.of)).map { Array($0.utf8) }
        let found = records.map { record in
            let there = Self.words(of: record.text).map { Array($0.utf8) }
            return words.indices.filter { index in there.contains { Self.isForm($0, of: words[index]) } }
        }
        var counts = [Int](repeating: 0, count: words.count)
        for index in found.joined() { counts[index] += 1 }
        let weights = counts.map { $0 == 0 ? 0 : log(Double(records.count) / Double($0)) }
        let scores = found.map { $0.reduce(0) { $0 + weights[$1] } }
        self.scores = scores
        let best = scores.max() ?? 0
        guard best > 0 else {
            focus = []
            return
        }
        let near = scores.indices.filter { scores[$0] >= Self.near * best }
        let chosen = near.sorted { (-scores[$0], $0) < (-scores[$1], $1) }.prefix(Self.mostFocused)
        focus = Set(
            chosen.flatMap { index -> [Int] in
                // What a line speaks of may stand in the one before, and what it says in the one behind.
                var group = [index]
                if records[index].goesOn { group.append(index - 1) }
                if index + 1 < records.count, records[index + 1].goesOn { group.append(index + 1) }
                return group
            }
        ).sorted()
    }

    private static func words(of text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }

    /// Whether a word is the stem with at most a usual ending.
    private static func isForm(_ word: [UInt8], of stem: [UInt8]) -> Bool {
        word.count <= stem.count + 4 && word.starts(with: stem)
    }
}
