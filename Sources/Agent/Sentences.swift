/// Cuts a text into sentences.
enum Sentences {
    /// - Parameter ends: the characters that end a sentence when a space follows.
    static func split(_ text: String, after ends: String) -> [String] {
        var sentences: [String] = []
        var start = text.startIndex
        for index in text.indices where ends.contains(text[index]) {
            let next = text.index(after: index)
            guard text[next...].first?.isWhitespace ?? true, !isAbbreviation(text[start...index], before: text[next...])
            else { continue }
            sentences.append(String(text[start..<next]))
            start = next
        }
        sentences.append(String(text[start...]))
        return sentences.map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
    }

    /// The sentences of a passage: none goes over a paragraph's end, or, in a table or a record, over a line's.
    static func split(passage text: String, isRecord: Bool) -> [String] {
        let parts = isRecord ? text.split(separator: "\n") : text.split(separator: /\n[ \t]*\n/)
        return parts.flatMap { split(String($0), after: ".!?") }
    }

    /// Whether the full stop at the end belongs to a word: "J. M. Keynes", "e.g. this", "approx. 5".
    private static func isAbbreviation(_ text: Substring, before rest: Substring) -> Bool {
        guard text.last == "." else { return false }
        // Where a sentence begins, its first letter says so.
        guard let next = rest.first(where: { !$0.isWhitespace }) else { return false }
        if next.isLowercase { return true }
        let word = text.dropLast().suffix(while: { !$0.isWhitespace && !"([\"“".contains($0) })
        return word.count == 1 && word.first?.isUppercase == true || word.contains(".") && word.count <= 4
            || abbreviations.contains(word.lowercased())
    }

    private static let abbreviations: Set = [
        "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "ca", "approx", "vol", "fig",
    ]
}

extension Collection where Self: BidirectionalCollection {
    /// The last elements, as long as they fit.
    fileprivate func suffix(while fits: (Element) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex, fits(self[index(before: start)]) { formIndex(before: &start) }
        return self[start...]
    }
}
