import Core
import Foundation
import Languages
import Logging
import Understanding

extension GuidedModel {
    /// How much better than the operation before another must fit half a question to be meant, in log-odds.
    private static let mostBeforeFollowUp = 3.0

    private enum Wish { case order, question, telling }

    /// Whether something is ordered, asked or told, by its verb or by what it means as a whole.
    private func wish(_ reading: QuestionReading) async throws -> Wish {
        let text = reading.text
        if text.wantsNothing { return .telling }
        guard !text.asks, !text.negates else { return .question }
        if text.isImperative { return .order }
        switch try await RequestReader(vectors: vectors).kind(of: String(text.characters), after: nil) {
        case .order: return .order
        // Of another model's vectors nothing is known.
        case nil: return text.action != .read ? .order : .question
        case .tell: return text.hasRequest ? .question : .telling
        default: return .question
        }
    }

    func decision(of offered: Int, mayChange: Bool) -> ToolDecision {
        let weights = FittedWeights.current
        return ToolDecision(
            vectors: vectors, offered: offered, weights: callsPlugins ? weights.plugins : weights.client,
            mayChange: mayChange)
    }

    /// Embeds what a question waits for. Plugins are indexed in the background. Of what is still to be indexed a question waits
    /// for examples: by these an operation that has some is found or not, and there are few that have any; and for the rest
    /// for a short while, since what was registered a moment ago is not indexed yet. A client's tools are embedded for its
    /// request.
    ///
    /// - Parameter end: when it waits no longer for the rest.
    private func embed(_ tools: [Tool], until end: ContinuousClock.Instant) async throws {
        let readings = tools.map(readings.reading)
        let texts = zip(tools, readings).flatMap { tool, reading -> [String] in
            if callsPlugins {
                return tool.examples.isEmpty ? [] : (reading.asked + reading.outline.anchors).flatMap(\.texts)
            }
            return [reading.subject, reading.name, tool.description]
                + reading.slots.filter(\.isOfTexts).map(Meanings.subject)
        }
        _ = try await vectors.embed(texts)
        guard callsPlugins else { return }
        let all = readings.flatMap(\.outline.texts)
        let unknown = zip(all, vectors.known(all)).filter { $1 == nil }.map(\.0)
        for batch in stride(from: 0, to: unknown.count, by: Self.batch) where .now < end {
            _ = try await vectors.embed(Array(unknown[batch...].prefix(Self.batch)))
        }
    }

    /// Texts that are embedded at once while a question waits.
    private static let batch = 16

    /// The tools that a question asks for, each with the part that asks for it.
    func chosen(_ asked: String, _ turn: inout GuidedTurn) async throws -> [ChosenTool] {
        let whole = try await choice(asked, &turn)
        let clauses = turn.isOwed ? [] : QuestionParts.clauses(of: asked, tools: turn.tools, in: language)
        guard clauses.count > 1 else { return whole.chosen.map { [$0] } ?? [] }
        let reading = QuestionReading(asked, today: turn.today, in: language)
        var choices: [RequestChoice] = []
        for (index, clause) in clauses.enumerated() {
            choices.append(try await choice(clause.text, of: reading, begins: index == 0, &turn))
        }
        let groups = ClauseGroup.all(of: clauses, choices, whole: whole)
        turn.doubtful += zip(clauses, choices).filter { $0.begins && $1.chosen == nil }.map(\.0.text)
        guard Set(groups.map(\.operation)).count > 1 else {
            // "How many feet are 3 metres? How many inches are 2 feet?": each says all of a call. Else they are read as one
            // question: what is enumerated makes a call each.
            if let usual = whole.chosen?.operation,
                zip(clauses, choices).allSatisfy({
                    $0.asks && $1.chosen?.operation == usual && $1.sufficient.contains(usual)
                })
            {
                return choices.compactMap(\.chosen)
            }
            return (whole.chosen ?? groups.first.flatMap { choices[$0.clauses.lowerBound].chosen }).map { [$0] } ?? []
        }
        var several: [ChosenTool] = []
        for group in groups {
            var chosen = group.clauses.count == 1 ? choices[group.clauses.lowerBound].chosen : nil
            if chosen == nil {
                chosen = try await choice(
                    group.text, of: reading, begins: group.clauses.lowerBound == 0, owed: group.operation, &turn
                ).chosen
            }
            if let chosen { several.append(chosen) }
        }
        return several
    }

    /// Those of the clauses that are none of the tools' by themselves which nothing that is called was taken from, and that the
    /// model does not answer by itself: "What time is it in Rome and when does the moon rise?"
    func unanswered(_ clauses: [String], beside calls: [PlannedCall]) async throws -> [String] {
        let given = calls.flatMap { $0.arguments.texts }.map { $0.lowercased() }
        var found: [String] = []
        for clause in clauses {
            let isAbout = Stem.words(in: clause).contains {
                language.common.isContent($0) && language.common.isTelling($0)
            }
            guard isAbout, !given.contains(where: clause.lowercased().contains),
                let kind = try await RequestReader(vectors: vectors).kind(of: clause, after: nil), !kind.maySpeak
            else { continue }
            found.append(clause.trimmingCharacters(in: .whitespaces))
        }
        return found
    }

    /// What speaks for each tool that a request may ask for, and the one that it asks for, if any.
    ///
    /// - Parameters:
    ///   - whole: the question that the request is a part of: it says what a required argument is that the part leaves open.
    ///   - begins: whether the request is the question's beginning, which may go on from the question before.
    ///   - owed: the operation that is known to be meant.
    private func choice(
        _ text: String, of whole: QuestionReading? = nil, begins: Bool = true, owed: String? = nil,
        _ turn: inout GuidedTurn
    ) async throws -> RequestChoice {
        let asked = PlaceReference.resolved(text, after: turn.earlierCall, in: language)
        let reading = QuestionReading(asked, today: turn.today, in: language)
        let wish = callsPlugins ? try await wish(reading) : .order
        // What somebody tells or forbids asks for nothing, whatever it names: "I had a great time in Paris".
        guard wish != .telling || turn.isOwed else { return RequestChoice() }
        let mayChange = wish == .order
        let decider = decision(of: turn.tools.count, mayChange: mayChange)
        let isFollowUp = begins && language.followUps.isOne(asked)
        var tools = try await shortlist.best(of: turn.tools, for: reading)
        let before = turn.earlierCall.flatMap { call in turn.tools.first { $0.operation == call.operation } }
        if isFollowUp, let before, !tools.contains(before) { tools.append(before) }
        try await embed(tools, until: turn.indexingEnds)
        var fits = try await filled(tools, reading)
        let sufficient = Set(fits.filter(\.isSaid).map(\.tool.operation))
        var others: [FilledCall] = []
        if let whole {
            others = try await filled(tools, whole)
            fits = zip(fits, others).map { $0.supplied(by: $1, reading, whole) }
        }
        if callsPlugins { fits = try await withSources(fits, reading, turn.tools) }
        let decision = try await decider.decide(reading, fits)
        var chosen = decision.chosen ?? (turn.isOwed ? decision.best : nil)
        if let owed { chosen = fits.firstIndex { $0.tool.operation == owed } ?? chosen }
        var isAsked = decision.isAsked
        var earlier: FilledCall?
        // "And in Paris?" asks what the question before it asked.
        if isFollowUp, let before, let place = fits.firstIndex(where: { $0.tool == before }) {
            fits[place] = fits[place].withAllWanted
            // Unless it says more, and another fits better.
            let isBare = fits[place].saysAll(of: reading)
            let isRival = chosen.map { decision.scores[$0] - decision.scores[place] > Self.mostBeforeFollowUp } ?? false
            if isBare || !isRival, fits[place].answersFollowUp { (chosen, isAsked) = (place, true) }
        } else if isFollowUp, let question = turn.earlierQuestion {
            let known = QuestionReading(question, today: turn.today, in: language)
            let calls = try await filled(tools, known)
            if chosen == nil {
                let place = try await decider.decide(known, calls).chosen
                chosen = place.flatMap { fits[$0].assignment.isEmpty ? nil : $0 }
            }
            earlier = chosen.map { calls[$0] }
        }
        if let best = chosen, !isAsked, owed == nil {
            chosen = try await ExampleLikelihood(model: model, vectors: vectors, language: language).chosen(
                best, of: fits, decision.scores, question: asked, usage: &turn.usage)
        }
        if !turn.isOwed, owed == nil, let best = chosen, !isFollowUp {
            // By an example's meaning one operation alone is meant, and it may be none.
            let others = fits.indices.filter {
                !isAsked && $0 != best && decision.scores[$0] >= decider.weights.least
            }
            .sorted { decision.scores[$0] > decision.scores[$1] }
            chosen = try await placed([best] + others, of: fits, reading, turn.today)
        }
        Trace.current?.add(
            TraceEntry(
                stage: "route", prompt: asked, candidates: decision.weighed,
                output: chosen.map { fits[$0].tool.operation } ?? "no tool"))
        logger.debug(
            "tools weighed",
            metadata: [
                "chosen": "\(chosen.map { fits[$0].tool.operation } ?? "none")", "evidence": "\(decision.note(fits))",
            ])
        var choice = RequestChoice(
            leads: Dictionary(
                zip(fits, decision.scores).map { ($0.tool.operation, $1 - decider.weights.least) },
                uniquingKeysWith: max),
            complete: Set(fits.filter(\.unsaid.isEmpty).map(\.tool.operation)),
            sufficient: sufficient,
            named: Set(fits.filter { $0.isNamed(in: reading) }.map(\.tool.operation)))
        choice.chosen = chosen.map { place in
            ChosenTool(
                question: asked, reading: reading, call: fits[place], earlier: earlier,
                whole: whole.map { (others[place], $0) },
                followsUp: isFollowUp && fits[place].tool == before,
                // Half a question says too little for others to be meant.
                rivals: isFollowUp ? [] : rivals(of: place, fits, decision.scores))
        }
        return choice
    }

    /// The one of several operations, the likeliest first, whose texts a question says where the examples say theirs, and that
    /// has a place for most of what is said: of "stupid bot, what time is it in lima" nothing is a first city.
    private func placed(
        _ likely: [Int], of fits: [FilledCall], _ reading: QuestionReading, _ today: String
    ) async throws -> Int? {
        var best: (place: Int, shortfall: Int)?
        for place in likely {
            let (tool, known) = (fits[place].tool, fits[place].reading)
            guard tool.examples.count >= ToolDecision.tellingExamples else { return best?.place ?? place }
            let filling = ExampledFilling(
                tool: tool, reading: reading, slots: known.slots, nearest: tool.examples, today: today)
            let meanings = try await Meanings(vectors: vectors, spans: reading.spans, slots: filling.slots)
            let fitting = Assignment.rivals(filling.slots, filling.candidates(meanings))
                .filter(filling.isPlaced).map(filling.shortfall)
            guard let least = fitting.min() else { continue }
            if least < best?.shortfall ?? .max { best = (place, least) }
        }
        return best?.place
    }

    func spelling(of asked: String, _ tools: [Tool]) async throws -> QuestionSpelling {
        guard QuestionSpelling.hasUnknown(asked, in: language) else { return QuestionSpelling() }
        let reading = QuestionReading(asked, today: DateMentions.text(now(), in: Asker.zone), in: language)
        let tools = try await shortlist.best(of: tools, for: reading)
        let oneToken = try await model.tokenCount(of: Prompt([.text(" a")]))
        return try await QuestionSpelling(asked, tools, tools.map(readings.reading), vectors: vectors, in: language) {
            try await model.tokenCount(of: Prompt([.text(" \($0)")])) == oneToken
        }
    }

    /// So much less likely, in log-odds, and so many may be called beside what is most likely meant.
    private static let rivalry = 5.0
    private static let mostRivals = 8

    /// Operations of an API that are tried as sources for each of its others.
    private static let mostSources = 12

    /// The calls, and those that lack what another operation of their API tells with that one as their source.
    private func withSources(
        _ fits: [FilledCall], _ reading: QuestionReading, _ tools: [Tool]
    ) async throws -> [FilledCall] {
        let finder = ArgumentSources(readings: readings, language: language)
        var found: [Int: [(tool: Tool, properties: [String: String])]] = [:]
        for (index, fit) in fits.enumerated() where fit.tool.readsRemotely && fit.tool.examples.isEmpty {
            guard !fit.unsaid.isEmpty, fit.isTailSaid(in: reading) else { continue }
            let sources = tools.lazy.compactMap { tool in finder.properties(fit, from: tool).map { (tool, $0) } }
            found[index] = Array(sources.prefix(Self.mostSources))
        }
        guard found.contains(where: { !$0.value.isEmpty }) else { return fits }
        var known: [Tool: FilledCall] = [:]
        for call in try await filled(Array(Set(found.values.joined().map(\.tool))), reading) { known[call.tool] = call }
        var fits = fits
        for (index, sources) in found {
            let asked = sources.compactMap { source in
                known[source.tool].flatMap { $0.asSource(in: reading, for: fits[index]) }.map {
                    (source.properties, $0)
                }
            }
            guard let (properties, best) = asked.max(by: { $0.1.score < $1.1.score }) else { continue }
            let source = ArgumentSource(call: best.call, properties: properties)
            fits[index] = fits[index].supplied(from: source, asked: best.range)
        }
        return fits
    }

    /// The operations that are nearly as likely meant as the best, where all of them only read: reading costs little, and
    /// results tell more than descriptions.
    private func rivals(of best: Int, _ fits: [FilledCall], _ scores: [Double]) -> [FilledCall] {
        // By examples an operation is known better than by a result.
        guard callsPlugins, fits[best].tool.readsRemotely, fits[best].tool.examples.isEmpty else { return [] }
        let near = fits.indices.filter { place in
            place != best && fits[place].tool.readsRemotely && scores[place] >= scores[best] - Self.rivalry
                && fits[place].unsaid.isEmpty && !fits.tellOne(listedBy: fits[place].tool)
        }
        return near.sorted { scores[$0] > scores[$1] }.prefix(Self.mostRivals).map { fits[$0] }
    }

    /// Each tool with what a question gives for it.
    func filled(_ tools: [Tool], _ reading: QuestionReading) async throws -> [FilledCall] {
        let known = tools.map(readings.reading)
        let meanings = try await Meanings(vectors: vectors, spans: reading.spans, slots: known.flatMap(\.slots))
        return zip(tools, known).map { tool, known in
            let slots = known.slots
            let candidates = SlotFilling(tool: tool, reading: reading, slots: slots, meanings: meanings).candidates()
            return FilledCall(
                tool: tool, reading: known, candidates: candidates, assignment: Assignment.best(slots, candidates)
            ).withBothEnds(reading)
        }
    }
}

extension FilledCall {
    /// Whether a question says what the tool is about, by a word of its path or its name.
    func isNamed(in question: QuestionReading) -> Bool {
        let language = question.language
        let own = Set(reading.outline.nouns + Stem.words(in: reading.name).map(language.stem.of))
        return question.text.words.contains { word in
            language.common.isTelling(word.lower) && language.stem.all(in: word.text).contains(where: own.contains)
        }
    }

    /// Whether a half question gives it something: "And in Paris?" gives a place.
    fileprivate var answersFollowUp: Bool { !assignment.isEmpty }

    /// Whether all that is required is said, and no word or value twice: "5 metres" says not what they become.
    fileprivate var isSaid: Bool {
        unsaid.isEmpty && !assignment.isEmpty && assignment.withoutSharing.count == 1
            && !assignment.repeatsChoice(of: slots)
    }

    /// Whether every word of a question that says something fills an argument.
    fileprivate func saysAll(of reading: QuestionReading) -> Bool {
        let used = assignment.ranges
        return reading.text.words.allSatisfy { word in
            !reading.language.common.isTelling(word.lower) || used.contains { $0.overlaps(word.range) }
        }
    }
}

extension Tool {
    /// Whether a call of it fetches something and changes nothing.
    fileprivate var readsRemotely: Bool { isReadOnly && origin != nil }
}
