import Core

/// What speaks for a question's being meant for a tool.
struct ToolEvidence: Sendable, Hashable {
    /// Cosine of the question with the tool's name, description and parameters.
    var nearness = 0.0
    /// The same with the name alone, and with the description alone.
    var nameNearness = 0.0
    var descriptionNearness = 0.0
    /// The part of the name's words that the question has.
    var nameOverlap = 0.0
    /// The part of the description's words that the question has.
    var descriptionOverlap = 0.0
    /// The part of the question's words that the tool speaks of anywhere or that fill its arguments.
    var coverage = 0.0
    /// The part of the required arguments that the question gives.
    var grounded = 0.0
    /// Required numbers and lists of numbers that it does not give.
    var missingNumbers = 0.0
    /// Other required arguments that it does not give.
    var missingOthers = 0.0
    /// How well what fills the required arguments fits, on average.
    var fit = 0.0
    /// Figures of the question that fill no argument.
    var unusedFigures = 0.0
    /// Whether the last word of the tool's name, or its first that is no verb, is said.
    var headSaid = 0.0

    /// The log-odds that the question is meant for the tool, by a logistic regression on questions with and without a
    /// tool that answers them.
    var logOdds: Double {
        zip(values, Self.weights).reduce(Self.intercept) { $0 + $1.0 * $1.1 }
    }

    /// The log-odds from which on one of so many tools is called. A question is rather called for once too often than
    /// answered without the tool that has the answer.
    ///
    /// - Parameter arePlugins: the user has registered them to have them called, and is asked about where they change
    ///   something. Of many, the few that are looked at are those that resemble the question, whatever it asks.
    static func enough(among tools: Int, arePlugins: Bool) -> Double {
        arePlugins && tools <= ToolShortlist.most ? -2.2 : -1.1
    }

    private static let weights = [
        -3.441, 2.796, 4.721, 2.727, 0.798, 1.167, -1.661, -2.341, -0.93, 0.028, -0.201, 0.008, 5.276, 0.206,
    ]
    private static let intercept = -5.674

    /// Cosines with names of arguments in the place of what fills them: "Which team won the ‹event› in ‹year›?"
    var framedNearness = 0.0
    var framedDescription = 0.0

    var values: [Double] {
        [
            nearness, nameNearness, descriptionNearness, nameOverlap, descriptionOverlap, coverage, grounded,
            missingNumbers, missingOthers, fit, unusedFigures, headSaid, framedNearness, framedDescription,
        ]
    }

    init(_ call: FilledCall, _ reading: QuestionReading) {
        let words = reading.text.words
        let asked = Set(words.flatMap { Stem.all(in: $0.text) })
        func overlap(_ text: [String]) -> Double {
            let stems = Set(text.filter { CommonWords.isTelling($0) && $0.count > 1 }.map(Stem.of))
            guard !stems.isEmpty else { return 0 }
            return Double(stems.count { asked.contains($0) }) / Double(stems.count)
        }
        let name = Stem.words(in: call.tool.operation)
        nameOverlap = overlap(name)
        descriptionOverlap = overlap(Stem.words(in: call.tool.description))
        let told = Set(
            Stem.all(in: call.tool.operation) + Stem.all(in: call.tool.description)
                + call.slots.flatMap { $0.notes.nameStems + $0.notes.descriptionStems })
        let filled = call.assignment.filled
        let used = filled.compactMap { $0?.range }
        let content = words.filter { CommonWords.isTelling($0.lower) }
        let covered = content.count { word in
            used.contains { $0.overlaps(word.range) } || Stem.all(in: word.text).contains { told.contains($0) }
        }
        coverage = Double(covered) / Double(max(1, content.count))
        grounded = call.grounded
        let required = call.slots.indices.filter { call.slots[$0].isRequired }
        for index in required where filled[index] == nil {
            switch call.slots[index].kind {
            case .number, .numbers: missingNumbers += 1
            default: missingOthers += 1
            }
        }
        let scores = required.compactMap { filled[$0].map { min(2, max(-1, $0.score)) } }
        fit = scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
        unusedFigures = Double(
            reading.quantities.count { quantity in quantity.isFigure && !used.contains { $0.overlaps(quantity.range) } }
        )
        let nouns = name.filter { CommonWords.isTelling($0) && $0.count > 1 }
        headSaid = [nouns.first, nouns.last].contains { $0.map { asked.contains(Stem.of($0)) } ?? false } ? 1 : 0
    }
}
