package import Core
package import Foundation
package import Logging

/// Calls tools with a model that has no format for it: what is called, and with what, is taken from the question, and
/// the model decides only what the question leaves open.
package struct GuidedCaller: ToolCalling {
    private let model: any LanguageModel
    private let vectors: TextVectors
    private let readings = ToolReadings()
    private let callsPlugins: Bool
    private let logger: Logger
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - logger: is told at the level debug what spoke for each tool.
    ///   - now: the time; dates like "tomorrow" count from it.
    package init(
        model: any LanguageModel, vectors: TextVectors, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.init(model: model, vectors: vectors, callsPlugins: false, logger: logger, now: now)
    }

    /// - Parameter callsPlugins: whether the tools are the user's own, and not a client's.
    init(
        model: any LanguageModel, vectors: TextVectors, callsPlugins: Bool, logger: Logger,
        now: @escaping @Sendable () -> Date
    ) {
        self.model = model
        self.vectors = vectors
        self.callsPlugins = callsPlugins
        self.logger = logger
        self.now = now
    }

    var shortlist: ToolShortlist {
        ToolShortlist(
            vectors: vectors, readings: readings,
            mostUnread: callsPlugins ? ToolShortlist.mostUnread : ToolShortlist.mostUnreadOfClient)
    }

    /// Remembers what questions are compared with of these tools, and of no others but those that were asked about last.
    func keep(_ tools: [Tool]) { readings.outlines.keep(NamedTool.all(of: tools).map(\.renamed)) }

    /// What of a tool must be embedded.
    func texts(of tool: Tool) -> [String] {
        let outline = readings.outlines.value(of: tool)
        return [outline.subject, outline.name, tool.description]
    }

    package func calls(for request: CallRequest) async throws -> CallOutcome {
        var usage = Usage()
        // What tools returned is no part of the question: no argument comes from there.
        let (messages, callsBefore) = request.dialog.question
        guard request.choice != .none, let last = messages.last, last.role == .user, !request.tools.isEmpty,
            // What was called for has been called; the answer is made of it.
            request.choice.requiresCall || !request.dialog.endsWithResults
        else {
            return CallOutcome(usage: usage)
        }
        try await checkLength(of: last.content)
        var tools = request.tools
        if case .named(let name) = request.choice { tools = tools.filter { $0.operation == name } }
        let today = DateMentions.text(now(), in: Asker.zone)
        let reading = QuestionReading(last.content, today: today)
        let decider = ToolDecision(
            embedder: vectors, enough: ToolEvidence.enough(among: tools.count, arePlugins: callsPlugins))
        tools = try await shortlist.best(of: tools, for: reading)
        let fits = try await filled(tools, reading)
        var decision = try await decider.decide(reading, fits)
        // "And in Paris?" asks what the question before it asked.
        var earlier: [FilledCall]?
        if FollowUp.isOne(last.content), let before = messages.dropLast().last(where: { $0.role == .user }) {
            let known = QuestionReading(before.content, today: today)
            let calls = try await filled(tools, known)
            earlier = calls
            if decision.chosen == nil {
                decision = try await decider.decide(known, calls)
                if !fits.indices.contains(where: { $0 == decision.chosen && !fits[$0].assignment.isEmpty }) {
                    decision.chosen = nil
                }
            }
        }
        let chosen = decision.chosen ?? (request.choice == .auto ? nil : decision.best)
        Trace.current?.add(
            TraceEntry(
                stage: "route", prompt: last.content, candidates: decision.weighed,
                output: chosen.map { fits[$0].tool.operation } ?? "no tool"))
        logger.debug(
            "tools weighed",
            metadata: ["chosen": "\(chosen.map { fits[$0].tool.operation } ?? "none")", "evidence": "\(decision.note)"])
        guard let chosen else { return CallOutcome(usage: usage) }
        let writer = ArgumentWriter(model: model, question: last.content)
        var call = fits[chosen]
        let judged = try await SpanJudge(model: model, question: last.content).judged(call, usage: &usage)
        call.assignment = Assignment.best(call.slots, judged)
        if let earlier { call = call.completed(by: earlier[chosen]) }
        let series = CallSeries(call: call, reading: reading)
        let validation = CallValidation(writer: writer, isOwed: request.choice != .auto)
        // An agent that is given the same call for ever never ends.
        let made = callsBefore.map(PlannedCall.init)
        var calls: [PlannedCall] = []
        for rounds in request.allowsParallel ? series.rounds() : Array(series.rounds().prefix(1)) {
            let arguments = try await writer.arguments(of: call, rounds: rounds, usage: &usage)
            guard let valid = try await validation.valid(arguments, for: call.tool, usage: &usage) else { continue }
            let planned = PlannedCall(operation: call.tool.operation, arguments: valid)
            if !calls.contains(planned), !made.contains(planned) { calls.append(planned) }
        }
        return CallOutcome(calls: calls, usage: usage)
    }

    /// A message that no context holds is not taken apart for a call first, which takes a minute for some.
    ///
    /// - Throws: `promptTooLong`.
    private func checkLength(of question: String) async throws {
        let context = try await model.describe().context
        // No token is shorter than a byte.
        guard question.utf8.count > context else { return }
        let tokens = try await model.tokenCount(of: Prompt([.text(question)]))
        guard tokens > context else { return }
        throw AgentError(.promptTooLong, TooLong.sentence(tokens: tokens, room: context))
    }

    /// Each tool with what a question gives for it.
    private func filled(_ tools: [Tool], _ reading: QuestionReading) async throws -> [FilledCall] {
        let known = tools.map(readings.reading)
        let meanings = try await Meanings(embedder: vectors, spans: reading.spans, slots: known.flatMap(\.slots))
        return zip(tools, known).map { tool, known in
            let slots = known.slots
            let candidates = SlotFilling(tool: tool, reading: reading, slots: slots, meanings: meanings).candidates()
            return FilledCall(
                tool: tool, reading: known, candidates: candidates, assignment: Assignment.best(slots, candidates))
        }
    }
}
