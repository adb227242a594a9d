import Core

/// A tool with what the question gives for its slots.
struct FilledCall: Sendable {
    var tool: Tool
    var reading: ToolReading
    var candidates: [[Candidate]]
    var assignment: Assignment
    /// What is asked first for arguments that nobody says; none or one.
    var sources: [ArgumentSource] = []

    var slots: [Slot] { reading.slots }

    /// This call, with what the question before gives for the slots that a follow-up leaves empty.
    func completed(by earlier: FilledCall) -> FilledCall {
        var call = self
        call.assignment.complete(with: earlier.assignment)
        return call
    }

    /// This call of a part of a question, with what the whole question gives for what is required, where the part gives
    /// nothing, or common words where the whole gives a name: "the nature of the offenses he committed" has none.
    ///
    /// - Parameters:
    ///   - part: the reading of the part.
    ///   - all: the reading of the whole question.
    func supplied(by whole: FilledCall, _ part: QuestionReading, _ all: QuestionReading) -> FilledCall {
        var call = self
        for index in slots.indices where slots[index].isRequired {
            guard let other = whole.assignment.filled[index] else { continue }
            if let own = assignment.filled[index] {
                guard other.score > own.score, part.isCommon(own.place), !all.isCommon(other.place) else { continue }
            }
            call.assignment.fill(index, with: other.unplaced)
        }
        return call
    }

    /// This call, with the one day that is said as both ends of a period that needs both: "on 25 July 2019".
    func withBothEnds(_ reading: QuestionReading) -> FilledCall {
        guard reading.dates.count == 1 else { return self }
        let ends = slots.indices.filter {
            slots[$0].notes.theme == .date && slots[$0].notes.side != nil && slots[$0].isRequired
        }
        guard ends.count == 2, let said = ends.first(where: { assignment.filled[$0] != nil }),
            let open = ends.first(where: { assignment.filled[$0] == nil })
        else { return self }
        var call = self
        call.assignment.repeatValue(of: said, at: open)
        return call
    }

    /// The required parameters that the question says nothing for, and for which the document names no default, in the
    /// tool's order.
    var unsaid: [String] {
        let unfilled = slots.indices.filter { index in
            let slot = slots[index]
            return slot.isRequired && assignment.filled[index] == nil && slot.notes.fallback == nil
                && !slot.allowsOne
        }
        var names: [String] = []
        for case let name? in unfilled.map({ slots[$0].path.first ?? nil }) where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// Whether the question names the one thing that the path leads to: it fills the parameter that the path ends with.
    var namesOne: Bool {
        guard let parameter = ResourcePath(of: tool)?.lastParameter else { return false }
        return slots.indices.contains { slots[$0].name == parameter && assignment.filled[$0]?.place != nil }
    }

    /// This call, with what may be left out filled too where anything is said for it.
    var withAllWanted: FilledCall {
        let wanted = slots.map { slot in
            var slot = slot
            slot.isRequired = true
            return slot
        }
        var call = self
        call.assignment = Assignment.best(wanted, candidates)
        return call
    }

    /// Whether more than half of what is required is said, or half, and in it more than a choice: of "how many days in april"
    /// nothing but the unit is said for adding to a date.
    var isHalfSaid: Bool {
        let telling = slots.indices.contains { index in
            if case .choice = slots[index].kind { return false }
            return slots[index].isRequired && assignment.filled[index]?.range != nil
        }
        return grounded > Self.half || grounded == Self.half && telling
    }

    private static let half = 0.5

    /// The part of the required slots that the question fills; 1 where nothing is required.
    var grounded: Double {
        let required = slots.indices.filter { slots[$0].isRequired }
        guard !required.isEmpty else { return 1 }
        return Double(required.count { assignment.filled[$0] != nil }) / Double(required.count)
    }
}

extension [FilledCall] {
    /// Whether a tool lists things of which one of these calls tells the one that the question names.
    func tellOne(listedBy tool: Tool) -> Bool {
        guard let list = ResourcePath(of: tool) else { return false }
        return contains { call in
            call.namesOne && ResourcePath(of: call.tool).map(list.lists) == true
        }
    }
}
