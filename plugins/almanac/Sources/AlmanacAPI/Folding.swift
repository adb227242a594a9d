import Foundation

extension String {
    /// The text as names are compared: small Latin letters and digits in words parted by one space, without accents,
    /// apostrophes and punctuation; `St.` is `saint`. `"São Paulo "` is `"sao paulo"`.
    var folded: String {
        var words: [String] = []
        var word = ""
        func finish() {
            if !word.isEmpty { words.append(word == "st" ? "saint" : word) }
            word = ""
        }
        let isASCII = utf8.allSatisfy { $0 < 0x80 }
        for scalar in (isASCII ? self : decomposedStringWithCanonicalMapping).unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": word.unicodeScalars.append(scalar)
            case "A"..."Z": word.append(Character(scalar).lowercased())
            // Marks that decomposition set apart, and apostrophes, part no words.
            case "\u{300}"..."\u{36F}", "'", "\u{2018}", "\u{2019}", "\u{2BC}", "`": continue
            default:
                if let letters = Self.spelledOut[scalar] {
                    word += letters
                } else if scalar.properties.isAlphabetic {
                    word += String(scalar).lowercased()
                } else {
                    finish()
                }
            }
        }
        finish()
        return words.joined(separator: " ")
    }

    /// Letters that have no decomposition, as English writes them.
    private static let spelledOut: [Unicode.Scalar: String] = [
        "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ß": "ss",
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "ə": "e", "Ə": "e",
    ]

    /// How many letters must be added, dropped, changed or swapped with their neighbour to make this text the other
    /// (optimal string alignment distance); nil where more than `limit`.
    func distance(to other: String, limit: Int) -> Int? {
        let a = Array(utf8)
        let b = Array(other.utf8)
        guard abs(a.count - b.count) <= limit else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var best = Swift.min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = Swift.min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            // What follows can only grow.
            guard let least = row.min(), least <= limit else { return nil }
            beforeLast = last
            last = row
        }
        return last[b.count] <= limit ? last[b.count] : nil
    }
}
