import Core
import Foundation
import Languages
import Understanding

/// Decides which of the filled calls a question asks for, if any.
struct ToolDecision {
    let vectors: TextVectors
    /// As `YYYY-MM-DD`.
    /// How many tools there are, of which a few are looked at.
    let offered: Int
    let weights: ChoiceWeights
    /// Whether something is ordered, so that an operation that changes something may be meant.
    let mayChange: Bool

    struct Outcome {
        var chosen: Int?
        var best: Int?
        /// Whether one of its example questions decided.
        var isAsked = false
        var evidence: [ToolEvidence] = []
        /// The log-odds of each.
        var scores: [Double] = []
        /// Each tool with how likely the question is meant for it.
        var weighed: [TraceEntry.Candidate] = []

        /// What spoke for each tool, for the log.
        func note(_ fits: [FilledCall]) -> String {
            let notes = fits.indices.map { place -> JSONValue in
                [
                    "tool": .string(fits[place].tool.operation), "score": .number(scores[place]),
                    "x": .array(evidence[place].values.map { .number(($0 * 1000).rounded() / 1000) }),
                ]
            }
            return JSONValue.array(notes).text
        }
    }

    func decide(_ reading: QuestionReading, _ fits: [FilledCall]) async throws -> Outcome {
        let evidence = try await evidence(reading, fits)
        let scores = evidence.map(weights.logOdds)
        let asked = Self.asked(evidence, fits).flatMap { mayBeMeant(fits[$0].tool) ? $0 : nil }
        let best = asked ?? scores.indices.max { scores[$0] < scores[$1] }
        let meant = scores.indices.filter {
            (scores[$0] >= Self.beyondDoubt || !Self.isElsewhere(evidence[$0], fits[$0].tool))
                && mayBeMeant(fits[$0].tool)
        }
        .max { scores[$0] < scores[$1] }
        let chosen = asked ?? meant.flatMap { scores[$0] >= weights.least ? $0 : nil }
        func likelihood(_ score: Double) -> Double { 1 / (1 + exp(-score)) }
        let weighed =
            zip(fits, scores).map { TraceEntry.Candidate(text: $0.tool.operation, score: likelihood($1)) }
            + [TraceEntry.Candidate(text: "no tool", score: likelihood(weights.least))]
        return Outcome(
            chosen: chosen, best: best, isAsked: asked != nil, evidence: evidence, scores: scores,
            weighed: weighed.sorted { $0.score > $1.score })
    }

    /// No question, no "don't" and no remark makes a plugin change something.
    private func mayBeMeant(_ tool: Tool) -> Bool { mayChange || tool.isReadOnly || tool.origin == nil }

    /// A question so near to an example or a sentence of an operation that has several, and so much nearer than to any other's,
    /// asks what the example asks; what such a call requires and the question does not mention makes it less near. Of 44
    /// examples of the almanac that were left out of it 41 were found so, and 42 of 42 questions of `squire eval grounded`; of
    /// 60 things that people say two were as near.
    private static let (near, lead, unmentionedCost) = (0.6, 0.03, 0.05)

    /// The tool of whose examples the question is one, in other words; nil where it is none.
    private static func asked(_ evidence: [ToolEvidence], _ fits: [FilledCall]) -> Int? {
        let nearness = zip(evidence, fits).map { evidence, fit in
            fit.tool.examples.count < tellingExamples
                ? 0 : evidence[.nearest] - unmentionedCost * Double(min(3, fit.unsaid.count))
        }
        guard let best = nearness.indices.max(by: { nearness[$0] < nearness[$1] }), nearness[best] >= near,
            nearness[best] > evidence[best][.conversational]
        else { return nil }
        let second = nearness.indices.filter { $0 != best }.map { nearness[$0] }.max() ?? 0
        return nearness[best] - second >= lead ? best : nil
    }

    /// An operation with so many examples says by them what it is asked; what is nearer to what people say that no tool is
    /// for is not that. Of 60 such sayings three led to a call of the almanac then, and thirteen without this.
    static let tellingExamples = 4

    /// With so much that speaks for a tool, in log-odds, what people say otherwise does not matter: "what is 23 plus 19".
    private static let beyondDoubt = 4.0

    private static func isElsewhere(_ evidence: ToolEvidence, _ tool: Tool) -> Bool {
        tool.examples.count >= tellingExamples && evidence[.nearest] <= evidence[.conversational]
    }

    /// What speaks for each of the calls. Of what is not embedded yet the nearness of all that is said of the tool stands in.
    ///
    /// - Throws: what embedding throws; `CancellationError`.
    func evidence(_ reading: QuestionReading, _ fits: [FilledCall]) async throws -> [ToolEvidence] {
        let question = reading.text.text(0..<reading.text.characters.count)
        let index = AnchorIndex(vectors: vectors)
        let sense = try await index.senses(of: [AnchorIndex.Anchor(question, in: reading.language)])[0]
        let framed = try await vectors.embed(fits.map { Self.framed(reading, $0) })
        let whole = try await vectors.embed(fits.map(\.reading.outline.whole))
        let wanted = try await RequestReader(vectors: vectors).probabilities(of: question)
        let conversational =
            reading.language.conversation.asksForInvention(question)
            ? 1
            : try await index.senses(of: reading.language.conversation.anchors).map { $0.nearness(sense) }.max() ?? 0
        // A cancelled call gives fewer.
        try Task.checkCancellation()
        guard framed.count == fits.count, whole.count == fits.count else { throw CancellationError() }
        var all: [ToolEvidence] = []
        let stems = fits.map(\.reading.outline.stems)
        let language = reading.language
        let words = Set(
            reading.text.words.filter { language.common.isTelling($0.lower) }.flatMap { language.stem.all(in: $0.text) }
        )
        let rarities = ToolShortlist.rarities(of: words, in: stems)
        // A word that no tool speaks of tells more than any, against all of them.
        let unknown = Double(words.count - rarities.count) * log(1 + (Double(fits.count) + 0.5) / 0.5)
        let total = rarities.values.reduce(0, +) + unknown
        for (place, fit) in fits.enumerated() {
            let outline = fit.reading.outline
            var evidence = ToolEvidence(fit, reading)
            evidence[.whole] = AnchorIndex.cosine(sense.text, whole[place])
            evidence[.framedWhole] = AnchorIndex.cosine(framed[place], whole[place])
            let parts = vectors.known([fit.reading.subject, fit.reading.name, fit.tool.description])
                .map { $0 ?? whole[place] }
            evidence[.subject] = AnchorIndex.cosine(sense.text, parts[0])
            evidence[.name] = AnchorIndex.cosine(sense.text, parts[1])
            evidence[.description] = AnchorIndex.cosine(sense.text, parts[2])
            evidence[.framedSubject] = AnchorIndex.cosine(framed[place], parts[0])
            evidence[.framedDescription] = AnchorIndex.cosine(framed[place], parts[2])
            let properties = vectors.known(outline.properties).compactMap(\.self)
                .map { max(AnchorIndex.cosine(sense.text, $0), AnchorIndex.cosine(framed[place], $0)) }
            evidence[.property] = properties.max() ?? (outline.properties.isEmpty ? 0 : evidence[.framedWhole])
            evidence[.example] = index.known(fit.reading.asked).map { $0.nearness(sense) }.max() ?? 0
            evidence[.sentence] =
                index.known(outline.anchors).map { $0.nearness(sense) }.max() ?? evidence[.description]
            evidence[.nearest] = max(evidence[.example], evidence[.sentence])
            evidence[.conversational] = conversational
            evidence[.spoken] = wanted.filter { $0.key.maySpeak && $0.key != .explain }.reduce(0) { $0 + $1.value }
            evidence[.fact] = wanted[.fact] ?? 0
            evidence[.order] = wanted[.order] ?? 0
            if !fit.tool.isReadOnly {
                evidence[.factByChange] = evidence[.fact]
                evidence[.orderByChange] = evidence[.order]
            }
            evidence[.rareWords] =
                total > 0 ? rarities.reduce(0) { stems[place].contains($1.key) ? $0 + $1.value : $0 } / total : 0
            evidence[.many] = max(0, log(Double(offered) / 8))
            all.append(evidence)
        }
        for place in all.indices {
            all[place][.oneOfListNamed] = fits.tellOne(listedBy: fits[place].tool) ? 1 : 0
        }
        for (name, lead) in [(ToolEvidence.Name.whole, ToolEvidence.Name.lead), (.nearest, .nearestLead)] {
            let values = all.map { $0[name] }
            for place in all.indices {
                let others = values.indices.filter { $0 != place }.map { values[$0] }.max()
                all[place][lead] = others.map { values[place] - $0 } ?? 0
            }
        }
        return all
    }

    /// The question with names of arguments in the place of what fills them.
    static func framed(_ reading: QuestionReading, _ fit: FilledCall) -> String {
        var characters = reading.text.characters
        let filled = zip(fit.slots, fit.assignment.filled).compactMap { slot, candidate in
            candidate?.range.map {
                (range: $0, name: Stem.words(in: slot.name).filter { Int($0) == nil }.joined(separator: " "))
            }
        }
        var start = characters.count
        for one in filled.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) where one.range.upperBound <= start
        {
            characters.replaceSubrange(one.range, with: Array(one.name))
            start = one.range.lowerBound
        }
        return String(characters)
    }
}
