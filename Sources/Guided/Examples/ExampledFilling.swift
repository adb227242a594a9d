import Core
import Languages
import Understanding

/// What the examples of an operation add to what may fill its slots: what their values are, how their questions say them,
/// and which words only ask.
struct ExampledFilling {
    let tool: Tool
    let reading: QuestionReading
    let slots: [Slot]
    /// Values that the examples have for each slot.
    private let values: [[JSONValue]]
    let examples: [LocatedExample]
    private let asking: Set<String>

    /// Examples that are read; of many the nearest say most.
    private static let most = 12
    /// What speaks for the words between those that only ask, and against each of these in a value.
    private static let rest = 1.6
    private static let isRest = 0.8
    private static let asks = 1.2
    /// What speaks for a number of what the examples have numbers of.
    private static let sameDimension = 1.5

    /// - Parameters:
    ///   - nearest: the tool's examples, the one nearest to the question first.
    ///   - today: `YYYY-MM-DD`.
    init(
        tool: Tool, reading: QuestionReading, slots: [Slot], nearest: [Tool.Example], today: String
    ) {
        let language = reading.language
        let values = slots.map { slot in tool.examples.compactMap { slot.value(in: $0.arguments) } }
        self.values = values
        self.slots = zip(slots, values).map { $0.withExamples($1, in: language) }
        self.tool = tool
        self.reading = reading
        let taught = self.slots
        examples = nearest.prefix(Self.most).map {
            LocatedExample($0, of: tool, taught, today: today, in: language)
        }
        asking = examples.reduce(into: []) { $0.formUnion($1.asking) }
    }

    func candidates(_ meanings: Meanings) -> [[Candidate]] {
        let found = SlotFilling(tool: tool, reading: reading, slots: slots, meanings: meanings).candidates()
        let isBackward = reading.text.words.contains {
            reading.language.words.numbers.backward.contains($0.lower)
        }
        return slots.indices.map { index in
            switch slots[index].kind {
            case .text where !slots[index].notes.isOfForm: texts(found[index], values[index])
            case .text where slots[index].notes.theme == .date:
                (found[index].isEmpty ? figures() : found[index]) + weekdays()
            case .text where found[index].isEmpty: figures()
            case .number:
                numbers(found[index], at: index, isBackward: isBackward) + impliedOnes(at: index)
            default: found[index]
            }
        }
    }

    private func numbers(_ found: [Candidate], at index: Int, isBackward: Bool) -> [Candidate] {
        let dimensions = Set(examples.compactMap { $0.dimensions[index] })
        // "100 days ago" is -100 where the examples say so.
        let isNegative = isBackward && values[index].contains { ($0.number ?? 0) < 0 }
        return found.map { candidate in
            var candidate = candidate
            let unit = reading.quantities.first { $0.range == candidate.range }?.unit
            if let unit, dimensions.contains(unit.dimension) { candidate.score += Self.sameDimension }
            if isNegative, let number = candidate.value.number, number > 0 {
                candidate.value = NumberFilling.json(-number)
            }
            return candidate
        }
    }

    private func texts(_ found: [Candidate], _ values: [JSONValue]) -> [Candidate] {
        let texts = values.compactMap(\.string)
        let runs = rests(withFigures: texts.contains { $0.contains(where: \.isNumber) })
        // "Portland, Maine" is two of them.
        func isWhole(_ range: Range<Int>) -> Bool {
            runs.contains { $0.lowerBound == range.lowerBound } && runs.contains { $0.upperBound == range.upperBound }
        }
        var candidates = found.map { candidate in
            var candidate = candidate
            guard let range = candidate.range else { return candidate }
            if isWhole(range) { candidate.score += Self.isRest }
            candidate.score -= Self.asks * Double(min(2, reading.text.words(in: range).count { isAsking($0) }))
            return candidate
        }
        let whole = found.compactMap(\.range).filter(isWhole)
        for run in runs where !whole.contains(where: { $0.contains(run) }) {
            candidates.append(
                Candidate(value: .string(reading.text.text(run)), range: run, score: Self.rest))
        }
        return candidates
    }

    /// What may be a date or time by its place alone: "2028".
    private func figures() -> [Candidate] {
        reading.quantities.filter(\.isYear).map {
            Candidate(value: .string(reading.text.text($0.range)), range: $0.range, score: Self.rest)
        }
    }

    /// Weekdays that say a day by themselves: "sunset in Oslo Friday", and not "was it a Friday?".
    private func weekdays() -> [Candidate] {
        reading.weekdays.map { Candidate(value: .string($0.date), range: $0.range, score: Self.rest) }
    }

    /// The article of a unit as one of it, where an example says its 1 so: "How many minutes are there in a week?".
    private func impliedOnes(at index: Int) -> [Candidate] {
        guard
            examples.contains(where: { slots[index].value(in: $0.example.arguments) == 1 && $0.places[index] == nil }),
            !reading.quantities.contains(where: { !$0.isImplied })
        else { return [] }
        let words = reading.text.words
        let units = slots.compactMap { ChoiceAliases($0.schema, in: reading.language) }.flatMap { $0.find(in: words) }
        return words.indices.dropLast().compactMap { place in
            guard reading.language.words.descriptions.articles.contains(words[place].lower),
                let unit = units.first(where: { $0.range.lowerBound == words[place + 1].range.lowerBound })
            else { return nil }
            return Candidate(
                value: 1, range: words[place].range.lowerBound..<unit.range.upperBound, score: Self.rest)
        }
    }

    func isAsking(_ index: Int) -> Bool { asking.contains(reading.text.words[index].lower) }

    /// What is left of the question between the words that only ask, in characters.
    ///
    /// - Parameter withFigures: whether dates, times and numbers may be a part of it.
    func rests(withFigures: Bool) -> [Range<Int>] {
        let words = reading.text.words
        let taken =
            withFigures
            ? []
            : reading.dates.map(\.range) + reading.weekdays.map(\.range)
                + reading.spans.filter { $0.kind == .time }.map(\.range)
        var runs: [Range<Int>] = []
        var last: Int?
        for index in words.indices {
            let word = words[index]
            guard !isAsking(index), !taken.contains(where: { $0.overlaps(word.range) }) else { continue }
            // "14:45" is two words.
            let isApart = word.gap.contains(where: \.isWhitespace) && word.gap.contains { ",;:?!".contains($0) }
            let goesOn = last == index - 1 && !word.opens && !isApart
            if goesOn, let run = runs.popLast() {
                runs.append(run.lowerBound..<word.range.upperBound)
            } else {
                runs.append(word.range)
            }
            last = index
        }
        return runs.compactMap(trimmed).map(widened)
    }

    /// Without words at its ends that begin no value.
    private func trimmed(_ run: Range<Int>) -> Range<Int>? {
        let never = reading.language.words.words.neverFirst.subtracting(reading.language.words.followUps.there)
        let words = reading.text.words(in: run).filter { !never.contains(reading.text.words[$0].lower) }
        guard let first = words.first, let last = words.last else { return nil }
        return reading.text.words[first].range.lowerBound..<reading.text.words[last].range.upperBound
    }

    /// With the brackets and signs that belong to it: "(3.5 + 4) * 12".
    private func widened(_ run: Range<Int>) -> Range<Int> {
        let characters = reading.text.characters
        var (start, end) = (run.lowerBound, run.upperBound)
        while start > 0, "([{-−√".contains(characters[start - 1]) { start -= 1 }
        while end < characters.count, ")]}%!²³°".contains(characters[end]) {
            // A mark at the question's end is no factorial.
            if characters[end] == "!", end + 1 == characters.count { break }
            end += 1
        }
        return start..<end
    }
}

extension SlotNotes {
    /// Whether a value has a form by which it is found: a date, a time.
    fileprivate var isOfForm: Bool { theme == .date || theme == .time }
}

extension Slot {
    /// The slot with what the values that examples give it say of what belongs in it.
    fileprivate func withExamples(_ values: [JSONValue], in language: QuestionLanguage) -> Slot {
        let texts = values.compactMap(\.string)
        guard kind == .text, !texts.isEmpty, texts.count == values.count else { return self }
        var slot = self
        if texts.allSatisfy({ language.times.find(in: $0).first?.text.count == $0.count }) {
            slot.notes.theme = .time
        } else if texts.allSatisfy(language.dates.isDate) {
            slot.notes.theme = .date
        }
        return slot
    }
}
