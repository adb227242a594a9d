/// Cuts a text into sentences, in one pass.
package enum Sentences {
    /// - Parameters:
    ///   - ends: the characters, of ASCII, that end a sentence when a space follows.
    ///   - language: whose abbreviations end none.
    package static func split(_ text: String, after ends: String, in language: QuestionLanguage = .english) -> [String]
    {
        let ends = Array(ends.utf8)
        var sentences: [String] = []
        var start = text.startIndex
        func add(_ sentence: Substring) {
            let trimmed = sentence.drop(while: \.isWhitespace)
            if !trimmed.isEmpty { sentences.append(String(trimmed)) }
        }
        for index in text.utf8.indices where ends.contains(text.utf8[index]) {
            let next = text.utf8.index(after: index)
            guard next == text.endIndex || text.unicodeScalars[next].properties.isWhitespace,
                !isAbbreviation(text[start..<next], before: text[next...], language.sentences.abbreviations)
            else { continue }
            add(text[start..<next])
            start = next
        }
        add(text[start...])
        return sentences
    }

    /// The sentences of a passage: none goes over a paragraph's end, or, in a table or a record, over a line's.
    package static func split(
        passage text: String, isRecord: Bool, in language: QuestionLanguage = .english
    ) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if isRecord { return lines.flatMap { split(String($0), after: ".!?", in: language) } }
        return lines.split { $0.allSatisfy { $0 == " " || $0 == "\t" } }.flatMap {
            split($0.joined(separator: "\n"), after: ".!?", in: language)
        }
    }

    /// Characters of the longest word that is looked up, and then some.
    private static let longest = 8

    /// Whether the full stop at the end belongs to a word: "J. M. Keynes", "e.g. this", "approx. 5".
    private static func isAbbreviation(
        _ text: Substring, before rest: Substring, _ abbreviations: Set<String>
    ) -> Bool {
        guard text.last == "." else { return false }
        // Where a sentence begins, its first letter says so.
        guard let next = rest.first(where: { !$0.isWhitespace }) else { return false }
        if next.isLowercase { return true }
        let word = text.dropLast().suffix(longest + 1).suffix(while: { !$0.isWhitespace && !"([\"“".contains($0) })
        guard word.count <= longest else { return false }
        return word.count == 1 && word.first?.isUppercase == true || word.contains(".") && word.count <= 4
            || abbreviations.contains(word.lowercased())
    }
}

extension Collection where Self: BidirectionalCollection {
    /// The last elements, as long as they fit.
    fileprivate func suffix(while fits: (Element) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex, fits(self[index(before: start)]) { formIndex(before: &start) }
        return self[start...]
    }
}
