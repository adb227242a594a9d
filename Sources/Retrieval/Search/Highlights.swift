/// Which parts of passages hold words of a query.
final class Highlights {
    private let words: Set<String>
    /// Whether words as they are written, of each language, are among the query's: texts repeat theirs.
    private var known: [String: [String: Bool]] = [:]

    /// - Parameter words: stems.
    init(_ words: Set<String>) {
        self.words = words
    }

    /// - Parameter language: of the passage.
    /// - Returns: UTF-16 offsets, ascending and apart.
    func find(in text: String, language: String) -> [Range<Int>] {
        var found: [Range<Int>] = []
        let scalars = text.unicodeScalars
        var start: (index: String.Index, offset: Int)?
        var offset = 0
        func end(_ index: String.Index) {
            defer { start = nil }
            guard let start, isWanted(String(scalars[start.index..<index]), language) else { return }
            found.append(start.offset..<offset)
        }
        for index in scalars.indices {
            let scalar = scalars[index]
            if Self.isOfWord(scalar, continues: start != nil) {
                if start == nil { start = (index, offset) }
            } else {
                end(index)
            }
            offset += UTF16.width(scalar)
        }
        end(scalars.endIndex)
        return found
    }

    private func isWanted(_ word: String, _ language: String) -> Bool {
        if let known = known[language]?[word] { return known }
        let isWanted = WordAnalyzer.words(of: word, language: language).contains(where: words.contains)
        known[language, default: [:]][word] = isWanted
        return isWanted
    }

    /// Letters and digits, and the marks that stand on them.
    private static func isOfWord(_ scalar: Unicode.Scalar, continues: Bool) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: return true
        case 0...0x7f: return false
        default:
            let properties = scalar.properties
            switch properties.generalCategory {
            case .nonspacingMark, .spacingMark, .enclosingMark: return continues
            default: return properties.isAlphabetic || properties.numericType != nil
            }
        }
    }
}
