import Core

/// Where in a call's result an answer comes from.
enum StepCitation {
    /// - Parameters:
    ///   - steps: all of the turn's, of which the call is one.
    ///   - text: what the answer says from the call.
    static func citation(number: Int, of step: Step, in steps: [Step], saying text: String) -> Citation {
        let place = steps.firstIndex(of: step).map { $0 + 1 } ?? number
        return Citation(
            number: number, source: step.plugin, title: ResultText.name(of: step), location: "step \(place)",
            quote: quote(from: step.result ?? .null, saying: text))
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
