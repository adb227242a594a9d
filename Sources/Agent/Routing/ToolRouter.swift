import Core
import Foundation

/// Decides which tool a question calls for, if any.
///
/// A model of 135 million parameters asked "which of these tools, or none?" answers by the order of the list. So the
/// question is first compared in meaning with what each operation's description and examples say, and with what people
/// say that needs no tool; whether the question mentions what the operation requires counts too. The model decides
/// only between what is left and close.
struct ToolRouter: Sendable {
    let model: any LanguageModel
    let index: AnchorIndex
    private let memory = ToolMemory<Anchors>(most: 64) { Anchors(of: $0) }

    /// What questions are compared with of one operation.
    struct Anchors: Sendable {
        var described: [AnchorIndex.Anchor]
        /// Of its examples, in their order.
        var asked: [AnchorIndex.Anchor]

        /// Of a longer description the beginning counts.
        private static let most = 48

        init(of tool: Tool) {
            described = ToolRouter.anchors(of: tool).prefix(Self.most).map(AnchorIndex.Anchor.init)
            asked = tool.examples.prefix(Self.most).map { AnchorIndex.Anchor($0.question) }
        }

        var texts: [String] { (described + asked).flatMap(\.texts) }
    }

    init(model: any LanguageModel, index: AnchorIndex) {
        self.model = model
        self.index = index
    }

    struct Candidate: Sendable {
        var tool: Tool
        /// Cosine to the nearest of the tool's anchors, less what speaks against it.
        var score: Double
        /// The tool's examples, the most alike last.
        var examples: [Tool.Example]
        var grammar: CallGrammar
    }

    struct Decision: Sendable {
        /// What to call; nil when no tool is needed.
        var chosen: Candidate?
        /// All that were looked at, the best first; for the log.
        var candidates: [Candidate]
        /// The cosine to the nearest of what needs no tool.
        var conversational: Double
    }

    /// Below this no description is near enough to mean anything.
    private static let floor = 0.40
    /// From here on no other kind of evidence is looked for.
    static let sure = 0.6
    /// How much nearer than what needs no tool a tool must be.
    private static let margin = 0.05
    /// Tools so near to each other that the model decides.
    private static let close = 0.06
    /// What a required argument costs that the question does not mention.
    private static let missingCost = 0.25

    /// Of so many operations that are not embedded yet the descriptions are embedded for one question.
    static let mostUnread = 12
    /// Of more operations only the nearest are held against what the question mentions.
    private static let mostNear = 48

    /// Remembers what questions are compared with of these, and of no others.
    func keep(_ tools: [Tool]) { memory.keep(tools) }

    /// What of an operation must be embedded.
    func texts(of tool: Tool) -> [String] { memory.value(of: tool).texts }

    /// - Parameter earlier: the plugin and operation that were called before, which a question may go on from.
    func decide(
        _ question: String, tools: [Tool], after earlier: (plugin: String, operation: String)? = nil, today: String,
        usage: inout Usage
    ) async throws -> Decision {
        guard !tools.isEmpty else { return Decision(chosen: nil, candidates: [], conversational: 0) }
        let mentions = Mentions(in: question, today: today)
        let sense = try await index.senses(of: [AnchorIndex.Anchor(question)])[0]
        func nearness(_ anchors: [AnchorIndex.Anchor]) async throws -> [Double] {
            try await index.senses(of: anchors).map { $0.nearness(sense) }
        }
        let conversational =
            Conversational.asksForInvention(question) ? 1 : try await nearness(Conversational.anchors).max() ?? 0
        let comparable = ComparableTools(vectors: index.vectors, memory: memory) { $0.texts }
        let places = try await comparable.places(in: tools, for: question, embeddingAtMost: Self.mostUnread)
        var near: [(tool: Tool, likeness: [Double], nearest: Double)] = []
        for tool in places.map({ tools[$0] }) {
            let anchors = memory.value(of: tool)
            let likeness = try await nearness(anchors.asked)
            let nearest = max(try await nearness(anchors.described).max() ?? 0, likeness.max() ?? 0)
            near.append((tool, likeness, nearest))
        }
        if near.count > Self.mostNear {
            near.sort { $0.nearest > $1.nearest }
            near = near.enumerated().filter { place, one in
                place < Self.mostNear || earlier.map { $0 == (one.tool.plugin, one.tool.operation) } ?? false
            }.map(\.element)
        }
        var candidates = near.map { tool, likeness, nearest in
            let grammar = CallGrammar(tool, mentions: mentions, today: today)
            let examples = zip(tool.examples, likeness).sorted { $0.1 < $1.1 }.map(\.0)
            let score = nearest - Self.cost(of: grammar) + Self.namedChoices(tool, mentions)
            return Candidate(tool: tool, score: score, examples: examples, grammar: grammar)
        }
        candidates.sort { $0.score > $1.score }
        let eligible = candidates.filter { $0.score >= Self.floor && $0.score > conversational + Self.margin }
        guard let best = eligible.first else {
            return Decision(chosen: nil, candidates: candidates, conversational: conversational)
        }
        let rivals = eligible.filter { best.score - $0.score < Self.close }
        let chosen = rivals.count == 1 ? best : try await choose(among: rivals, question: question, usage: &usage)
        return Decision(chosen: chosen, candidates: candidates, conversational: conversational)
    }

    private static func cost(of grammar: CallGrammar) -> Double {
        Double(grammar.unnamed) * missingCost
            + grammar.parameters.filter { grammar.ungrounded.contains($0.name) }.reduce(0) { cost, parameter in
                // A choice can be meant by a word the list does not have ("lbs").
                if case .choice = parameter.kind { cost + missingCost / 5 } else { cost + missingCost }
            }
    }

    /// A question that names as many of an operation's choices as it needs is likely meant for it: "stones" and
    /// "pounds" are units whatever the sentence around them says.
    private static func namedChoices(_ tool: Tool, _ mentions: Mentions) -> Double {
        let parameters = Parameter.all(of: tool).filter(\.isRequired)
        let lists = parameters.filter {
            if case .choice(let choices) = $0.kind { choices.count > CallGrammar.mostAlternatives } else { false }
        }
        guard let list = lists.first, case .choice(let choices) = list.kind else { return 0 }
        return ChoiceMentions(choices, schema: list.schema).find(in: mentions.words).count >= lists.count ? 0.15 : 0
    }

    /// The sentences and the quoted phrases of a tool's description, and its name as words.
    static func anchors(of tool: Tool) -> [String] {
        let quoted = quotation.matches(in: tool.description).map { String($0.text(1)) }
        let plain = quotation.replacing(in: tool.description, with: "")
        let sentences = plain.split(whereSeparator: { ".\n;".contains($0) })
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.count > 12 }
        let name = hump.replacing(in: tool.operation) { "\($0.text(1)) \($0.text(2))" }.replacing("_", with: " ")
            .lowercased()
        return [name] + sentences + quoted
    }

    private static let quotation = TextPattern(#"["“]([^"”]{8,120})["”],?"#)
    /// `sunTimes`
    private static let hump = TextPattern("([a-z])([A-Z])")

    /// Lets the model continue a list of questions and operations.
    private func choose(among rivals: [Candidate], question: String, usage: inout Usage) async throws -> Candidate {
        var lines: [String] = []
        // The likest examples last, and each operation's turn in turn, so that no operation is favoured by its place.
        for round in stride(from: 2, through: 0, by: -1) {
            for rival in rivals.reversed() where rival.examples.count > round {
                let example = rival.examples[rival.examples.count - 1 - round]
                lines.append("\"\(example.question)\" → \(rival.tool.operation)")
            }
        }
        let prompt = Prompt([.text(lines.joined(separator: "\n") + "\n\"\(question.replacing("\n", with: " "))\" →")])
        let (scores, more) = try await model.logProbabilities(
            of: rivals.map { " \($0.tool.operation)\n" }, after: prompt)
        usage += more
        // The model's word in the same unit as the cosines: one natural-log unit weighs as 0.02.
        let total = zip(rivals, scores).map { $0.score + 0.02 * $1.logProbability }
        let best = total.indices.max { total[$0] < total[$1] } ?? 0
        return rivals[best]
    }
}

extension Tool {
    /// Whether questions that it answers are known. Otherwise what fits it is read from its schema and description.
    var isTaught: Bool { !examples.isEmpty }
}
