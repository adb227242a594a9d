import Store
import Synchronization

/// How many contents words are in.
///
/// Counting takes as long as there are contents with the word. Common words are therefore counted once and remembered,
/// until there are a fiftieth more contents, or fewer: how much a word tells goes with its frequency's logarithm.
final class WordFrequencies: Sendable {
    private struct Common {
        var contents = 0
        var counts: [String: Int] = [:]
    }

    private let common = Mutex(Common())

    /// Words in one of so many contents are common.
    private static let commonness = 256

    /// Words that are in none are missing.
    ///
    /// - Parameters:
    ///   - words: stems.
    ///   - languages: those the documents are in: their commonest words are taken to be everywhere.
    ///   - count: of all contents.
    ///   - index: where they are counted.
    func counts(
        of words: [String], _ languages: [String], _ count: Int, in index: WordIndex
    ) throws -> [String: Int] {
        let everywhere = Set(languages.flatMap(TextLanguage.commonWords))
        var known = common.withLock { common in
            if abs(count - common.contents) > common.contents / 50 { common = Common(contents: count) }
            return common.counts
        }
        for word in words where everywhere.contains(word) { known[word] = count }
        let counted = try index.frequencies(of: words.filter { known[$0] == nil })
        common.withLock { common in
            for (word, number) in counted where number > count / Self.commonness { common.counts[word] = number }
        }
        return known.merging(counted) { _, new in new }
    }
}
