/// What was probably meant by a word that is none of those known.
package enum Spelling {
    /// The known word that the one given begins, or differs from in a few letters: in at most a third of them, and in no
    /// more than three.
    package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        guard word.utf8.count <= mostBytes else { return nil }
        let letters = Array(word.lowercased())
        var best: (word: String, distance: Int)?
        for other in known where other.utf8.count <= mostBytes {
            let others = Array(other.lowercased())
            let isBeginning = letters.count > 2 && (others.starts(with: letters) || letters.starts(with: others))
            let distance = isBeginning ? 1 : distance(letters, others)
            if distance < best?.distance ?? .max { best = (other, distance) }
        }
        guard let best, best.distance <= min(3, max(1, letters.count / 3)), best.distance < letters.count else {
            return nil
        }
        return best.word
    }

    /// Comparing two words takes the product of their lengths; longer ones are no misspelt names.
    private static let mostBytes = 100

    /// Letters to insert, remove, change, or exchange with their neighbours (Damerau and Levenshtein's distance, restricted).
    package static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var earlier = [Int](repeating: 0, count: b.count + 1)
        var row = Array(0...b.count)
        for i in a.indices {
            var next = row
            next[0] = i + 1
            for j in b.indices {
                next[j + 1] = min(row[j] + (a[i] == b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    next[j + 1] = min(next[j + 1], earlier[j - 1] + 1)
                }
            }
            (earlier, row) = (row, next)
        }
        return row[b.count]
    }
}
