import Core

/// Where in a call's result an answer comes from.
enum StepCitation {
    /// A citation of each call, numbered in their order.
    ///
    /// - Parameters:
    ///   - parts: calls, with what the answer says from each.
    ///   - steps: all of the turn's, of which the calls are some.
    static func citations(of parts: [(step: Step, text: String)], in steps: [Step]) -> [Citation] {
        parts.enumerated().map { index, part in
            let place = steps.firstIndex(of: part.step) ?? index
            return Citation(
                number: index + 1, source: part.step.plugin, title: ResultText.name(of: part.step),
                location: "step \(place + 1)", quote: quote(from: part.step.result ?? .null, saying: part.text))
        }
    }

    /// The result's lines that hold the text's figures, or its words where there are none; all of it where it is short.
    private static func quote(from result: JSONValue, saying text: String) -> String {
        if let summary = ResultText.summary(result) { return summary }
        let lines = ResultText.lines(result).split(separator: "\n").map(String.init)
        guard lines.count > mostLines else { return lines.joined(separator: "\n") }
        let figures = Set(FactCheck.figures(in: text))
        let telling = lines.filter { !figures.isDisjoint(with: FactCheck.figures(in: $0)) }
        return (telling.isEmpty ? lines : telling).prefix(mostLines).joined(separator: "\n")
    }

    private static let mostLines = 6
}
