import Core
import Foundation
import Languages
import Logging
import Understanding

extension GuidedModel {
    /// Plans the calls of the rivals beside a call, or in its place where something that it requires was not said.
    func addRivals(of chosen: ChosenTool, to calls: inout [PlannedCall], _ turn: inout GuidedTurn) async throws {
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

    func calls(of chosen: ChosenTool, _ turn: inout GuidedTurn) async throws -> [PlannedCall] {
        if let source = chosen.call.sources.first { return try await calls(of: chosen, after: source, &turn) }
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
        if let whole = chosen.whole { call = call.supplied(by: whole.call, chosen.reading, whole.reading) }
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

    /// The call of a source, with the call that takes its arguments from there.
    private func calls(
        of chosen: ChosenTool, after source: ArgumentSource, _ turn: inout GuidedTurn
    ) async throws -> [PlannedCall] {
        let writer = ArgumentWriter(model: model, question: chosen.question, language: language)
        let arguments = try await writer.arguments(
            of: source.call, rounds: [source.call.assignment.filled], usage: &turn.usage)
        guard
            let valid = try await CallValidation(writer: writer, isOwed: false).valid(
                turn.spelling.restored(arguments, source.call.slots), for: source.call.tool, usage: &turn.usage)
        else { return [] }
        var planned = PlannedCall(operation: source.call.tool.operation, arguments: valid)
        var call = chosen.call
        for index in call.slots.indices where source.supplies(call.slots[index]) {
            call.assignment.fill(index, with: nil)
        }
        planned.next = [
            ChainedCall(
                operation: call.tool.operation, arguments: writer.said(call), properties: source.properties,
                name: source.call.name)
        ]
        return [planned]
    }
}

extension FilledCall {
    /// The text that says which thing is meant.
    fileprivate var name: String? {
        assignment.filled.compactMap { $0 }.filter { $0.range != nil && $0.value.string != nil }
            .max { $0.score < $1.score }?.value.string
    }
}
