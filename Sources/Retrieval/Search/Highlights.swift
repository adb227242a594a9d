import Foundation

/// Which parts of a passage hold words of a query.
enum Highlights {
    /// - Parameters:
    ///   - words: stems.
    ///   - language: of the passage.
    /// - Returns: UTF-16 offsets, ascending and apart.
    static func find(_ words: Set<String>, in text: String, language: String) -> [Range<Int>] {
        let stemmer = Stemmer(language: language)
        var found: [Range<Int>] = []
        var start: String.Index?
        func end(_ index: String.Index) {
            defer { start = nil }
            guard let first = start else { return }
            let word = String(text[first..<index])
            guard WordAnalyzer.words(of: word, stemmer).contains(where: words.contains) else { return }
            found.append(first.utf16Offset(in: text)..<index.utf16Offset(in: text))
        }
        for index in text.indices {
            let isWord = text[index].isLetter || text[index].isNumber
            if isWord, start == nil { start = index }
            if !isWord { end(index) }
        }
        end(text.endIndex)
        return found
    }
}
