import Core
import Languages

/// Questions that make sense only after the one before: "And in Paris?", "What time is it there?"
package struct FollowUp: Sendable {
    let words: FollowUpWords
    private let beginning: TextPattern
    private let place: TextPattern
    private let reference: TextPattern

    init(_ words: FollowUpWords) {
        self.words = words
        beginning = TextPattern(words: #"(?i)^[\s¿¡]*"# + TextPattern.any(of: words.openings) + #"\b"#)
        place = TextPattern(words: #"(?i)^[\s¿¡]*"# + TextPattern.any(of: words.placing) + #"\s+\S+(\s+\S+)?\s*\??$"#)
        // Not the "there" of "is there a train".
        reference = TextPattern(
            words: #"\b(?i:"# + TextPattern.any(of: words.there) + #")(?=\s{0,4}(?:[?.!,]|$|"#
                + TextPattern.any(of: words.afterThere) + #"\b))"#)
    }

    package func isOne(_ question: String) -> Bool {
        // What is longer is no half of a question.
        guard question.utf8.count <= 4000 else { return false }
        return beginning.isFound(in: question) || question.split(separator: " ").count <= 2
            || place.isFound(in: question)
    }

    /// A question with a place where it says "there".
    package func placed(_ question: String, in place: String) -> String {
        reference.replacing(in: question, with: words.placed(["place": place]))
    }
}
