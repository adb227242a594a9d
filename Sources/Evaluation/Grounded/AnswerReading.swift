import Core
import Foundation

/// What an answer says of itself.
enum AnswerReading {
    /// Whether it says plainly that it does not know.
    static func isUnsure(_ text: String) -> Bool {
        text.contains(
            /\b(?:could not|couldn't|can ?not|can't|did not call|not sure|unsure|uncertain|do not know|don't know|unable to|no information|found nothing)\b/
                .ignoresCase())
    }

    /// Whether each number it says is one that the question or a result says, or a rounding of such a one.
    static func hasSources(_ text: String, question: String, results: [JSONValue]) -> Bool {
        let sources = ([question] + results.map(\.text)).flatMap(Figure.all)
        return Figure.all(in: text).allSatisfy { figure in sources.contains { figure.isRounding(of: $0.value) } }
    }
}
