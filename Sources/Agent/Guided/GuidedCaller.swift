package import Core
package import Foundation

/// Calls tools with a model that has no format for it: what is called, and with what, is taken from the question, and
/// the model decides only what the question leaves open.
package struct GuidedCaller: ToolCalling {
    private let model: any LanguageModel
    private let embedder: any Embedder
    private let now: @Sendable () -> Date

    /// - Parameter now: the time; dates like "tomorrow" count from it.
    package init(
        model: any LanguageModel, embedder: any Embedder, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.model = model
        self.embedder = embedder
        self.now = now
    }

    package func calls(for request: CallRequest) async throws -> (calls: [PlannedCall], usage: Usage) {
        let (calls, _, usage) = try await plan(request)
        return (calls, usage)
    }

    /// The calls, and how they were decided.
    package func explainedCalls(for request: CallRequest) async throws -> (calls: [PlannedCall], note: String) {
        let (calls, note, _) = try await plan(request)
        return (calls, note)
    }

    private func plan(_ request: CallRequest) async throws -> (calls: [PlannedCall], note: String, usage: Usage) {
        var usage = Usage()
        guard request.choice != .none, let last = request.messages.last, last.role == .user, !request.tools.isEmpty
        else {
            return ([], "", usage)
        }
        var tools = request.tools
        if case .named(let name) = request.choice { tools = tools.filter { $0.operation == name } }
        let today = DateMentions.text(now(), in: .current)
        let reading = QuestionReading(last.content, today: today)
        let fits = try await filled(tools, reading)
        var decision = try await ToolDecision(embedder: embedder).decide(reading, fits)
        // "And in Paris?" asks what the question before it asked.
        var earlier: [FilledCall]?
        if FollowUp.isOne(last.content), let before = request.messages.dropLast().last(where: { $0.role == .user }) {
            let known = QuestionReading(before.content, today: today)
            let calls = try await filled(tools, known)
            earlier = calls
            if decision.chosen == nil {
                decision = try await ToolDecision(embedder: embedder).decide(known, calls)
                if !fits.indices.contains(where: { $0 == decision.chosen && !fits[$0].assignment.isEmpty }) {
                    decision.chosen = nil
                }
            }
        }
        guard let chosen = decision.chosen ?? (request.choice == .auto ? nil : decision.best) else {
            return ([], decision.note, usage)
        }
        let writer = ArgumentWriter(model: model, question: last.content)
        var call = fits[chosen]
        let judged = try await SpanJudge(model: model, question: last.content).judged(call, usage: &usage)
        call.assignment = Assignment.best(call.slots, judged)
        if let earlier { call = call.completed(by: earlier[chosen]) }
        let series = CallSeries(call: call, reading: reading).assignments()
        var calls: [PlannedCall] = []
        for filled in request.allowsParallel ? series : Array(series.prefix(1)) {
            let arguments = try await writer.arguments(of: call, filled: filled, usage: &usage)
            let planned = PlannedCall(operation: call.tool.operation, arguments: arguments)
            if !calls.contains(planned) { calls.append(planned) }
        }
        return (calls, decision.note, usage)
    }

    /// Each tool with what a question gives for it.
    private func filled(_ tools: [Tool], _ reading: QuestionReading) async throws -> [FilledCall] {
        let slots = tools.map { Slot.all(of: $0) }
        let meanings = try await Meanings(embedder: embedder, spans: reading.spans, slots: slots.flatMap(\.self))
        return zip(tools, slots).map { tool, slots in
            let candidates = SlotFilling(tool: tool, reading: reading, slots: slots, meanings: meanings).candidates()
            return FilledCall(
                tool: tool, slots: slots, candidates: candidates, assignment: Assignment.best(slots, candidates))
        }
    }
}
