import Core
import Languages

/// Things people say that no tool is for. A question nearer to one of these than to any tool's examples is answered
/// without a tool.
package struct Conversational: Sendable {
    package let anchors: [AnchorIndex.Anchor]
    private let invention: TextPattern

    init(_ words: ConversationWords, _ dates: DateMentions) {
        anchors = words.examples.map { AnchorIndex.Anchor($0, dates, words.frame) }
        let inventions = words.inventions
        func any(_ list: [String]) -> String { TextPattern.any(of: list) }
        invention = TextPattern(
            words: #"(?i)^[\s¿¡]*(?:"# + any(inventions.please) + #"\s+)?"# + any(inventions.verbs) + #"\s+(?:"#
                + any(inventions.forWhom) + #"\s+)?"# + any(inventions.articles) + #"\s+(?:\w+\s+)?"#
                + any(inventions.genres) + #"\b"#)
    }

    /// Whether something made up is asked for: whatever it is about, no tool has it.
    package func asksForInvention(_ question: String) -> Bool {
        invention.isFound(in: question)
    }
}
