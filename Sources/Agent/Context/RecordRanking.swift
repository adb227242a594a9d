import Foundation
import Understanding

/// How much of a question each record of a result says. One pass over the records, in which each word is compared with the
/// few words of the question that begin as it does.
struct RecordRanking: Sendable {
    /// A record's score: what the question's words that stand in it tell, each the more the fewer records have it.
    let scores: [Double]
    /// The records that say most of the question, in their order; of a text with the lines beside them. None where no
    /// word tells one record from another.
    let focus: [Int]

    /// A record with this part of the best's score says as much.
    private static let near = 0.7
    private static let mostFocused = 6
    /// Characters of a question, and words of it, that are looked for.
    private static let (longestQuestion, mostWords) = (4000, 64)

    init(_ records: [ResultText.Record], question: String, in language: QuestionLanguage) {
        let stems = Self.stems(of: question, language)
        let byFirst = Dictionary(grouping: stems.indices) { stems[$0].first ?? 0 }
        let found = records.map { record -> Set<Int> in
            var found: Set<Int> = []
            guard !byFirst.isEmpty, !Task.isCancelled else { return found }
            Self.forEachWord(of: record.text) { word in
                for index in byFirst[word.first ?? 0] ?? [] where Self.isForm(word, of: stems[index]) {
                    found.insert(index)
                }
            }
            return found
        }
        var counts = [Int](repeating: 0, count: stems.count)
        for index in found.joined() { counts[index] += 1 }
        let weights = counts.map { $0 == 0 ? 0 : log(Double(records.count) / Double($0)) }
        let scores = found.map { $0.sorted().reduce(0) { $0 + weights[$1] } }
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
                if records[index].goesOn, index > 0 { group.append(index - 1) }
                if index + 1 < records.count, records[index + 1].goesOn { group.append(index + 1) }
                return group
            }
        ).sorted()
    }

    /// The question's telling words.
    private static func stems(of question: String, _ language: QuestionLanguage) -> [[UInt8]] {
        let words = String(question.prefix(longestQuestion)).lowercased().split { !$0.isLetter && !$0.isNumber }
        let stems = Set(words.map(String.init).filter(language.common.isContent).map(language.stem.of))
        return stems.sorted().prefix(mostWords).map { Array($0.utf8) }
    }

    /// The words of a text, in lower case.
    private static func forEachWord(of text: String, _ body: (ArraySlice<UInt8>) -> Void) {
        let bytes = Array(text.lowercased().utf8)
        var start: Int?
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
            let isPart =
                length == 1
                ? (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte)
                : isPart(bytes[index..<min(index + length, bytes.count)])
            if isPart {
                start = start ?? index
            } else if let begun = start {
                body(bytes[begun..<index])
                start = nil
            }
            index += length
        }
        if let start { body(bytes[start...]) }
    }

    private static func isPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else { return false }
        let properties = scalar.properties
        return properties.isAlphabetic || properties.numericType != nil
            || properties.generalCategory == .nonspacingMark
    }

    /// Whether a word is the stem with at most a usual ending.
    private static func isForm(_ word: ArraySlice<UInt8>, of stem: [UInt8]) -> Bool {
        word.count <= stem.count + 4 && word.starts(with: stem)
    }
}
