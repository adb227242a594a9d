package import Core
package import Foundation
import Languages
package import Logging
package import Understanding

/// Calls tools with a model that has no format for it: what is called, and with what, is taken from the question, and
/// the model decides only what the question leaves open.
package struct GuidedModel: ChatModel {
    let model: any TokenModel
    let vectors: TextVectors
    let language: QuestionLanguage
    /// The user's own operations; nil where the tools are a client's.
    private let operations: RegisteredOperations?
    private let readings: ToolReadings
    private let logger: Logger
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - operations: those of the user's plugins; nil where tools come from a client with each request.
    ///   - language: of the questions and of the tools' descriptions.
    ///   - logger: is told at the level debug what spoke for each tool.
    ///   - now: the time; dates like "tomorrow" count from it.
    package init(
        model: any TokenModel, vectors: TextVectors, operations: RegisteredOperations? = nil,
        language: QuestionLanguage = .english, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.model = model
        self.vectors = vectors
        self.operations = operations
        self.language = language
        readings = operations?.readings ?? ToolReadings(in: language)
        self.logger = logger
        self.now = now
    }

    private var callsPlugins: Bool { operations != nil }

    private var shortlist: ToolShortlist {
        operations?.shortlist
            ?? ToolShortlist(
                vectors: vectors, readings: readings, mostUnread: ToolShortlist.mostUnreadOfClient,
                most: ToolShortlist.mostOfClient)
    }

    package func card() -> ModelCard { ModelCard(speaks: false) }

    package func tokenCount(of dialog: [DialogItem], tools: [Tool]) async throws -> Int {
        try await model.tokenCount(of: try await model.render(dialog.messages))
    }

    package func respond(to request: ModelRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        ChatReply.stream { _ in try await reply(to: request) }
    }

    private func reply(to request: ModelRequest) async throws -> ChatReply {
        // What tools returned is no part of the question: no argument comes from there.
        let (messages, made) = request.dialog.question
        guard request.choice != .none, let last = messages.last, last.role == .user, !request.tools.isEmpty,
            // What was called for has been called; the answer is made of it.
            request.choice.requiresCall || !request.dialog.endsWithResults,
            let asked = callsPlugins ? QuestionParts.asked(in: last.content) : last.content,
            // Something made up no tool has.
            !callsPlugins || !language.conversation.asksForInvention(asked)
        else { return ChatReply() }
        try await checkLength(of: last.content)
        var tools = request.tools
        if case .named(let name) = request.choice { tools = tools.filter { $0.operation == name } }
        var turn = GuidedTurn(
            tools: tools, today: DateMentions.text(now(), in: Asker.zone),
            earlierQuestion: messages.dropLast().last { $0.role == .user }?.content,
            earlierCall: request.dialog.earlierCall, isOwed: request.choice != .auto,
            allowsParallel: request.allowsParallel)
        if callsPlugins { turn.spelling = try await spelling(of: asked, turn.tools) }
        // An agent that is given the same call for ever never ends.
        let known = made.map(PlannedCall.init)
        var calls: [PlannedCall] = []
        for chosen in try await chosen(turn.spelling.corrected(asked), &turn) {
            var found = try await self.calls(of: chosen, &turn)
            try await addRivals(of: chosen, to: &found, &turn)
            for call in found where !calls.contains(call) && !known.contains(call) {
                // Half a question that changes nothing was not understood.
                let isSame = turn.earlierCall.map { $0.operation == call.operation && $0.arguments == call.arguments }
                if language.followUps.isOne(asked), isSame == true { continue }
                calls.append(call)
            }
        }
        if !request.allowsParallel { calls = Array(calls.prefix(1)) }
        var outcome = ChatReply(calls: calls, usage: turn.usage)
        // What can be done is done first.
        if calls.isEmpty { outcome.missing = turn.missing }
        return outcome
    }

    /// The calls of a model with a format of its own that validate, or can be written so that they do, and, unless these may
    /// be repeated, that were not made for this question already.
    package func valid(
        _ calls: [PlannedCall], for request: ModelRequest, usage: inout Usage
    ) async throws -> [PlannedCall] {
        let (messages, before) = request.dialog.question
        let made = request.allowsRepeats ? [] : before.map(PlannedCall.init)
        let validation = CallValidation(
            writer: ArgumentWriter(model: model, question: messages.last?.content ?? "", language: language),
            isOwed: false)
        var valid: [PlannedCall] = []
        for call in calls where !made.contains(call) {
            guard let tool = request.tools.first(where: { $0.operation == call.operation }),
                let arguments = try await validation.valid(call.arguments, for: tool, usage: &usage)
            else { continue }
            valid.append(PlannedCall(operation: call.operation, arguments: arguments))
        }
        return valid
    }

    /// What speaks for each tool, by the names in `evidenceNames`: what `make fit` fits the weights on. Of many tools only
    /// those that are looked at have any.
    package func evidence(for question: String, tools: [Tool]) async throws -> [(tool: Tool, values: [Double])] {
        let today = DateMentions.text(now(), in: Asker.zone)
        let reading = QuestionReading(question, today: today, in: language)
        let best = try await shortlist.best(of: tools, for: reading)
        _ = try await vectors.embed(best.flatMap { readings.outlines.value(of: $0).texts })
        let fits = try await filled(best, reading)
        let evidence = try await decision(of: tools.count, mayChange: true).evidence(reading, fits)
        return zip(fits, evidence).map { ($0.tool, $1.values) }
    }

    package static var evidenceNames: [String] { ToolEvidence.Name.allCases.map(\.rawValue) }

    /// A message that no context holds is not taken apart for a call first, which takes a minute for some.
    ///
    /// - Throws: `promptTooLong`.
    private func checkLength(of question: String) async throws {
        let context = try await model.describe().context
        // No token is shorter than a byte.
        guard question.utf8.count > context else { return }
        let tokens = try await model.tokenCount(of: Prompt([.text(question)]))
        guard tokens > context else { return }
        throw GuidedError(.promptTooLong, TooLong.sentence(tokens: tokens, room: context))
    }

    // MARK: Choosing

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

    private func decision(of offered: Int, mayChange: Bool) -> ToolDecision {
        let weights = FittedWeights.current
        return ToolDecision(
            vectors: vectors, offered: offered, weights: callsPlugins ? weights.plugins : weights.client,
            mayChange: mayChange)
    }

    /// Embeds what a question waits for. Plugins are indexed in the background, and of what is still to be indexed a question
    /// waits only for examples: by these an operation that has some is found or not, and there are few that have any. A
    /// client's tools are embedded for its request.
    private func embed(_ tools: [Tool]) async throws {
        let readings = tools.map(readings.reading)
        let texts = zip(tools, readings).flatMap { tool, reading -> [String] in
            if callsPlugins {
                return tool.examples.isEmpty ? [] : (reading.asked + reading.outline.anchors).flatMap(\.texts)
            }
            return [reading.subject, reading.name, tool.description]
                + reading.slots.filter(\.isOfTexts).map(Meanings.subject)
        }
        _ = try await vectors.embed(texts)
    }

    /// The tools that a question asks for, each with the part that asks for it.
    private func chosen(_ asked: String, _ turn: inout GuidedTurn) async throws -> [ChosenTool] {
        let requests = QuestionParts.requests(
            of: QuestionParts.split(asked, in: language), tools: turn.tools, in: language)
        if requests.count > 1, !turn.isOwed {
            var several: [ChosenTool] = []
            for request in requests {
                guard let chosen = try await choice(request.text, parts: request.parts, &turn) else { continue }
                several.append(chosen)
            }
            // Those that ask the same tool are read as one question: what is enumerated makes a call each.
            if Set(several.map(\.call.tool.operation)).count > 1 { return several }
        }
        let parts = requests.flatMap(\.parts)
        return try await choice(asked, parts: parts.isEmpty ? [asked] : parts, &turn).map { [$0] } ?? []
    }

    /// The tool that a request asks for; nil where it asks for none.
    private func choice(_ text: String, parts: [String], _ turn: inout GuidedTurn) async throws -> ChosenTool? {
        let asked = PlaceReference.resolved(text, after: turn.earlierCall, in: language)
        let reading = QuestionReading(asked, today: turn.today, in: language)
        let wish = callsPlugins ? try await wish(reading) : .order
        // What somebody tells or forbids asks for nothing, whatever it names: "I had a great time in Paris".
        guard wish != .telling || turn.isOwed else { return nil }
        let mayChange = wish == .order
        let decider = decision(of: turn.tools.count, mayChange: mayChange)
        let isFollowUp = language.followUps.isOne(asked)
        var tools = try await shortlist.best(of: turn.tools, for: reading)
        let before = turn.earlierCall.flatMap { call in turn.tools.first { $0.operation == call.operation } }
        if isFollowUp, let before, !tools.contains(before) { tools.append(before) }
        try await embed(tools)
        var fits = try await filled(tools, reading)
        let decision = try await decider.decide(reading, fits)
        var chosen = decision.chosen ?? (turn.isOwed ? decision.best : nil)
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
        if let best = chosen, !isAsked {
            chosen = try await ExampleLikelihood(model: model, vectors: vectors, language: language).chosen(
                best, of: fits, decision.scores, question: asked, usage: &turn.usage)
        }
        if !turn.isOwed, let best = chosen, !isFollowUp {
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
        return chosen.map {
            ChosenTool(
                question: asked, parts: parts, reading: reading, call: fits[$0], earlier: earlier,
                followsUp: isFollowUp && fits[$0].tool == before,
                // Half a question says too little for others to be meant.
                rivals: isFollowUp ? [] : rivals(of: $0, fits, decision.scores))
        }
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

    private func spelling(of asked: String, _ tools: [Tool]) async throws -> QuestionSpelling {
        guard QuestionSpelling.hasUnknown(asked, in: language) else { return QuestionSpelling() }
        let reading = QuestionReading(asked, today: DateMentions.text(now(), in: Asker.zone), in: language)
        let tools = try await shortlist.best(of: tools, for: reading)
        return try await QuestionSpelling(asked, tools, tools.map(readings.reading), vectors: vectors, in: language)
    }

    /// So much less likely, in log-odds, and so many may be called beside what is most likely meant.
    private static let rivalry = 4.0
    private static let mostRivals = 4

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
    private func filled(_ tools: [Tool], _ reading: QuestionReading) async throws -> [FilledCall] {
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

    // MARK: Filling

    /// Plans the calls of the rivals beside a call, or in its place where something that it requires was not said.
    private func addRivals(of chosen: ChosenTool, to calls: inout [PlannedCall], _ turn: inout GuidedTurn) async throws
    {
        guard calls.count <= 1, !chosen.rivals.isEmpty else { return }
        var rivals: [PlannedCall] = []
        for rival in chosen.rivals {
            var other = chosen
            (other.call, other.earlier, other.followsUp) = (rival, nil, false)
            var aside = turn
            rivals += try await self.calls(of: other, &aside).prefix(1)
            turn.usage = aside.usage
        }
        if calls.isEmpty, turn.missing != nil {
            guard let first = rivals.first else { return }
            calls = [first]
            rivals.removeFirst()
        }
        if let call = calls.first { calls[0].rivals = rivals.filter { $0 != call } }
    }

    /// A call with what its operation's examples say of how it is filled.
    ///
    /// - Returns: nil where the question says a date that is not understood; the turn knows then what is missing, if that helps.
    private func exampled(
        _ call: FilledCall, _ chosen: ChosenTool, _ turn: inout GuidedTurn
    ) async throws -> FilledCall? {
        let nearest = try await AnchorIndex(vectors: vectors).examples(
            of: call.tool, call.reading.asked, nearestTo: chosen.question, in: language)
        let filling = ExampledFilling(
            tool: call.tool, reading: chosen.reading, slots: call.slots, nearest: nearest, today: turn.today)
        let meanings = try await Meanings(vectors: vectors, spans: chosen.reading.spans, slots: filling.slots)
        var call = call
        call.reading.slots = filling.slots
        call.candidates = filling.candidates(meanings)
        // What the model is to go on with stands last.
        var shown = Array(nearest.reversed())
        // No word is two arguments: nothing is converted from feet to feet.
        var rivals = Assignment.rivals(call.slots, call.candidates).flatMap(\.withoutSharing)
        var before: SlotPattern?
        if chosen.followsUp, let earlier = turn.earlierCall {
            let example = Tool.Example(question: earlier.question, arguments: earlier.arguments)
            shown.append(example)
            // "And in kelvin?" changes one of the units, and the call before has the other.
            let said = LocatedExample(example, of: call.tool, call.slots, today: turn.today, in: language)
            before = said.pattern
            let whole = rivals.filter { !$0.tears(said.places, call.slots) }
            if !whole.isEmpty { rivals = whole }
            for index in rivals.indices { rivals[index].complete(call.slots, from: earlier.arguments) }
        }
        // Nothing is converted to what it is.
        let changing = rivals.filter { !$0.repeatsChoice(of: call.slots) }
        if !changing.isEmpty { rivals = changing }
        call.assignment =
            try await CallJudge(model: model).best(
                of: rivals, filling, shown: shown, earlier: before, usage: &turn.usage)
            ?? call.assignment
        if !chosen.followsUp, call.unsaid.isEmpty, let unread = filling.unreadDate(call.assignment) {
            // Where nothing else is said, a day would not answer: "when is easter 2027".
            let isBeside = call.slots.indices.contains { index in
                call.slots[index].notes.theme != .date && call.assignment.filled[index]?.range != nil
            }
            if isBeside {
                turn.missing = MissingArguments(operation: call.tool.operation, arguments: [:], names: [unread])
            }
            return nil
        }
        return call
    }

    private func calls(of chosen: ChosenTool, _ turn: inout GuidedTurn) async throws -> [PlannedCall] {
        var call = chosen.call
        let writer = ArgumentWriter(model: model, question: chosen.question, language: language)
        if call.tool.examples.isEmpty {
            let judged = try await SpanJudge(
                model: model, question: chosen.question, prompts: language.words.prompts.calls
            ).judged(call, usage: &turn.usage)
            call.assignment = Assignment.best(call.slots, judged)
            call = call.withBothEnds(chosen.reading)
        } else {
            guard let filled = try await exampled(call, chosen, &turn) else { return [] }
            call = filled
        }
        if let earlier = chosen.earlier { call = call.completed(by: earlier) }
        if chosen.followsUp, let earlier = turn.earlierCall {
            call.assignment.complete(call.slots, from: earlier.arguments)
        }
        // What somebody's own plugins do is real: nothing is made up for them.
        let unsaid = callsPlugins ? call.unsaid + writer.unfit(call) : []
        guard unsaid.isEmpty else {
            // An operation that is known by its examples and of which hardly anything is said is not meant.
            guard call.tool.examples.isEmpty || call.isHalfSaid || turn.isOwed else { return [] }
            // Nobody who wants a table booked is asked for an order's number, since orders are what can be changed.
            guard call.tool.isReadOnly || turn.isOwed || call.isNamed(in: chosen.reading) else { return [] }
            turn.missing = MissingArguments(
                operation: call.tool.operation, arguments: writer.said(call), names: unsaid)
            return []
        }
        let validation = CallValidation(writer: writer, isOwed: turn.isOwed)
        let series = CallSeries(call: call, reading: chosen.reading)
        var calls: [PlannedCall] = []
        for rounds in turn.allowsParallel ? series.rounds() : Array(series.rounds().prefix(1)) {
            let arguments = turn.spelling.restored(
                try await writer.arguments(of: call, rounds: rounds, usage: &turn.usage), call.slots)
            guard let valid = try await validation.valid(arguments, for: call.tool, usage: &turn.usage) else {
                continue
            }
            calls.append(PlannedCall(operation: call.tool.operation, arguments: valid))
        }
        return calls
    }
}

extension FilledCall {
    /// Whether a question says what the tool is about, by a word of its path or its name.
    fileprivate func isNamed(in question: QuestionReading) -> Bool {
        let language = question.language
        let own = Set(reading.outline.nouns + Stem.words(in: reading.name).map(language.stem.of))
        return question.text.words.contains { word in
            language.common.isTelling(word.lower) && language.stem.all(in: word.text).contains(where: own.contains)
        }
    }

    /// Whether a half question gives it something: "And in Paris?" gives a place.
    fileprivate var answersFollowUp: Bool { !assignment.isEmpty }

    /// Whether every word of a question that says something fills an argument.
    fileprivate func saysAll(of reading: QuestionReading) -> Bool {
        let used = assignment.ranges
        return reading.text.words.allSatisfy { word in
            !reading.language.common.isTelling(word.lower) || used.contains { $0.overlaps(word.range) }
        }
    }
}

extension [DialogItem] {
    /// The last call that succeeded for the question before the last one.
    fileprivate var earlierCall: EarlierCall? {
        var (questions, calls): ([String], [EarlierCall]) = ([], [])
        for item in self {
            switch item {
            case .message(let message) where message.role == .user: questions.append(message.content)
            case .message: break
            case .calls(let made):
                guard let question = questions.last else { continue }
                calls += made.filter { $0.result != nil && !$0.isFailed }.map {
                    EarlierCall(question: question, operation: $0.operation, arguments: PlannedCall($0).arguments)
                }
            }
        }
        guard let call = calls.last, questions.count > 1, call.question == questions[questions.count - 2] else {
            return nil
        }
        return call
    }
}

extension Tool {
    /// Whether a call of it fetches something and changes nothing.
    fileprivate var readsRemotely: Bool { isReadOnly && origin != nil }
}
