/// Cuts a text into sentences.
enum Sentences {
    /// - Parameter ends: the characters that end a sentence when a space follows.
    static func split(_ text: String, after ends: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        for (character, next) in zip(text, Array(text.dropFirst()).map(Optional.some) + [nil]) {
            current.append(character)
            if ends.contains(character), next?.isWhitespace ?? true {
                sentences.append(current)
                current = ""
            }
        }
        sentences.append(current)
        return sentences.map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
    }
}
