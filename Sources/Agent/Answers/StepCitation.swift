import Core
import Languages
import Understanding

/// Where in a call's result an answer comes from.
enum StepCitation {
    /// A citation of each call, numbered in their order.
    ///
    /// - Parameters:
    ///   - parts: calls, with what the answer says from each.
    ///   - steps: all of the turn's, of which the calls are some.
    static func citations(
        of parts: [(result: ReadResult, text: String)], in steps: [Step], _ language: QuestionLanguage
    ) -> [Citation] {
        parts.enumerated().map { index, part in
            let place = steps.firstIndex(of: part.result.step) ?? index
            return Citation(
                number: index + 1, source: part.result.step.plugin, title: part.result.name,
                location: language.words.answers.step(["number": "\(place + 1)"]),
                quote: part.result.quote(saying: part.text))
        }
    }
}
