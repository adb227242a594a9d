import Understanding

/// A question cut into words, each with its place, so that what is near to what can be said.
struct Utterance: Sendable {
    struct Word: Sendable {
        /// Without punctuation around it.
        var text: String
        var lower: String
        var stem: String
        /// In `characters`.
        var range: Range<Int>
        /// Whether a sentence begins with it.
        var opens: Bool
        /// What stands between it and the word before: spaces, a comma, an opening bracket.
        var gap: String

        var isCapitalised: Bool { text.first?.isUppercase == true }
    }

    let characters: [Character]
    let words: [Word]
    /// The one it is read in.
    let language: QuestionLanguage

    init(_ text: String, in language: QuestionLanguage) {
        self.language = language
        let characters = Array(text)
        self.characters = characters
        var words: [Word] = []
        var index = 0
        var end = 0
        while index < characters.count {
            guard Self.isInner(characters[index]), !Self.isMark(characters[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < characters.count, Self.isInner(characters[index]) || Self.partsThousands(index, characters) {
                index += 1
            }
            var stop = index
            while stop > start, Self.isMark(characters[stop - 1]) { stop -= 1 }
            let text = String(characters[start..<stop])
            let gap = String(characters[end..<start])
            let lower = text.lowercased()
            let opens = words.isEmpty || gap.contains { ".?!;\n".contains($0) } && gap.contains(where: \.isWhitespace)
            words.append(
                Word(
                    text: text, lower: lower, stem: language.stem.of(lower), range: start..<stop, opens: opens, gap: gap
                ))
            end = stop
        }
        self.words = words
    }

    /// The characters of a range.
    func text(_ range: Range<Int>) -> String {
        String(characters[range.clamped(to: 0..<characters.count)])
    }

    /// The words that lie in a range of characters, as indices.
    func words(in range: Range<Int>) -> Range<Int> {
        let first = words.firstIndex { $0.range.upperBound > range.lowerBound } ?? words.count
        let last = words.lastIndex { $0.range.lowerBound < range.upperBound } ?? -1
        return first..<max(first, last + 1)
    }

    /// What is named by some words together, from the first to the last and the longest first; no word names two things.
    ///
    /// - Parameters:
    ///   - most: words of the longest name.
    ///   - find: what a text names.
    /// - Returns: the words too, as indices, and their characters.
    func named<Value>(
        ofAtMost most: Int, _ find: (String) -> Value?
    ) -> [(value: Value, words: Range<Int>, range: Range<Int>)] {
        var found: [(value: Value, words: Range<Int>, range: Range<Int>)] = []
        for index in words.indices {
            for count in stride(from: min(most, words.count - index), through: 1, by: -1) {
                let range = words[index].range.lowerBound..<words[index + count - 1].range.upperBound
                let written = text(range)
                let mark = language.possessive(of: written)?.count ?? 0
                guard let value = find(written) ?? find(String(written.dropLast(mark))),
                    !found.contains(where: { $0.range.overlaps(range) })
                else {
                    continue
                }
                found.append((value, index..<(index + count), range))
                break
            }
        }
        return found
    }

    /// The comma of "50,000".
    private static func partsThousands(_ index: Int, _ characters: [Character]) -> Bool {
        guard characters[index] == ",", index > 0, index + 3 < characters.count, characters[index - 1].isNumber else {
            return false
        }
        return characters[(index + 1)...(index + 3)].allSatisfy(\.isNumber)
            && !(index + 4 < characters.count && characters[index + 4].isNumber)
    }

    private static func isInner(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || isMark(character)
    }

    /// What may stand inside a word and not at its ends.
    private static func isMark(_ character: Character) -> Bool {
        "'’.-_/&@+°".contains(character)
    }
}
