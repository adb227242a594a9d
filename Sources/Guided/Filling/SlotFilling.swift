import Core
import Understanding

/// Finds for each slot of a tool what may fill it.
struct SlotFilling {
    let tool: Tool
    let reading: QuestionReading
    let slots: [Slot]
    let meanings: Meanings

    func candidates() -> [[Candidate]] {
        let mentions =
            reading.quantities.map(\.range) + reading.literals.map(\.range)
            + reading.spans.filter { $0.kind != .phrase && $0.kind != .figure && $0.kind != .clause }.map(\.range)
        let around = Neighbourhood(
            text: reading.text, mentions: mentions, runs: reading.runs(of: reading.quantities.map(\.range)),
            slots: slots)
        // What the API and the operation are about is no value of theirs.
        let stem = reading.language.stem
        let api = tool.origin.map { stem.all(in: "\($0.title) \($0.path)") } ?? []
        let topic = Set(stem.all(in: tool.operation) + api)
        let pairs = PathPairs(tool: tool, reading: reading)
        // What one can set by one number alone is set to the number that is said.
        let amounts = slots.count {
            if case .number = $0.kind { !$0.notes.isSize && $0.notes.theme != .identifier } else { false }
        }
        let takesLists = slots.contains { slot in
            switch slot.kind {
            case .numbers, .texts, .other: true
            default: slot.isOfItems
            }
        }
        let numbers = NumberFilling(
            reading: reading, around: around, isOnly: !tool.isReadOnly && amounts == 1, opensPairs: !takesLists)
        let lists = ListFilling(reading: reading, around: around, numbers: numbers)
        let texts = TextFilling(
            reading: reading, around: around, topic: topic, others: Set(slots.flatMap(\.notes.nameStems)),
            told: Set(tool.results.flatMap { stem.all(in: $0.name) })
        ) { meanings.nearness($0, $1) }
        let choices = ChoiceFilling(
            reading: reading, around: around, known: topic.union(slots.flatMap(\.notes.nameStems)))
        let flags = FlagFilling(reading: reading, topic: topic)
        return slots.map { slot in
            switch slot.kind {
            case .number(let isInteger): numbers.candidates(for: slot, isInteger: isInteger)
            case .numbers(let isInteger): lists.numbers(for: slot, isInteger: isInteger)
            case .text where slot.notes.theme == .credential: texts.credentials(for: slot)
            case .text where slot.notes.part != nil && !reading.dates.isEmpty: numbers.dateParts(for: slot)
            case .text: pairs.candidates(for: slot) + texts.candidates(for: slot)
            case .texts: lists.texts(for: slot, single: texts.candidates(for: slot))
            case .choice(let values): choices.candidates(for: slot, values: values)
            case .choices(let values): choices.lists(for: slot, values: values)
            case .flag: flags.candidates(for: slot)
            case .other:
                reading.literals.map { Candidate(value: $0.value, range: $0.range, score: 1.2) }
            }
        }
    }
}
