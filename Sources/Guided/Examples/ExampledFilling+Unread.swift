import Core
import Languages
import Understanding

/// What of a question an operation with examples leaves unread.
extension ExampledFilling {
    /// The slot of a date that the question says and nobody can read: "easter 2027" is no year, and today is not meant
    /// where something else stands in its place.
    ///
    /// - Returns: nil where nothing is unread.
    func unreadDate(_ assignment: Assignment) -> String? {
        for (slot, filled) in zip(slots, assignment.filled) where slot.notes.theme == .date {
            if let range = filled?.range {
                if isPartOfDate(range) { return slot.name }
            } else if !slot.isRequired, isUnread(beside: assignment.ranges) {
                return slot.name
            }
        }
        return nil
    }

    /// Whether a year is the end of something that says more: "february 2028".
    private func isPartOfDate(_ range: Range<Int>) -> Bool {
        guard reading.quantities.contains(where: { $0.range == range && $0.isYear }) else { return false }
        let own = reading.text.words(in: range)
        guard own.lowerBound > 0 else { return false }
        let before = own.lowerBound - 1
        return isOpen(before) && reading.text.words[own.lowerBound].gap.allSatisfy { " ,".contains($0) }
    }

    /// Whether something is said that may be a date: all that is said, or what a preposition introduces.
    private func isUnread(beside used: [Range<Int>]) -> Bool {
        let (words, terms) = (reading.text.words, reading.language.words)
        return words.indices.contains { index in
            guard isOpen(index), !used.contains(where: { $0.overlaps(words[index].range) }) else { return false }
            guard index > 0, !used.isEmpty else { return used.isEmpty }
            let before = words[index - 1].lower
            return terms.prepositions.introducing.contains(before) || terms.numbers.spans.contains(before)
        }
    }

    /// Whether a word says something that the examples do not ask with.
    private func isOpen(_ index: Int) -> Bool {
        let word = reading.text.words[index]
        let language = reading.language
        guard !isAsking(index), language.common.isTelling(word.lower), word.text.contains(where: \.isLetter) else {
            return false
        }
        return language.dates.monthNames.contains(word.lower)
            || !language.stem.all(in: word.text).contains(where: topic.contains)
    }

    private var topic: Set<String> {
        Set(reading.language.stem.all(in: "\(tool.operation) \(tool.description)"))
    }

    /// Whether each text that is taken from the question stands where the examples have such an argument, and whether
    /// something is, where anything is said.
    func isPlaced(_ assignment: Assignment) -> Bool {
        let pattern = SlotPattern(reading.text, assignment.places)
        let known = examples.map(\.pattern)
        for (index, range) in assignment.places where slots[index].kind == .text && !hasForm(range) {
            let own = reading.text.words(in: range)
            // What was not read as a day or a time is none, and April is no place.
            if [.date, .time].contains(slots[index].notes.theme) { return false }
            if own.allSatisfy({ isNameOfTime(reading.text.words[$0].lower) }) { return false }
            let isKnown = known.contains { !$0.before(index).isDisjoint(with: pattern.before(index)) }
            if !isKnown, !follows(asking: own.lowerBound) { return false }
        }
        guard assignment.isEmpty else { return true }
        return !reading.text.words.indices.contains(where: isOpen)
    }

    private func isNameOfTime(_ word: String) -> Bool {
        reading.language.dates.monthNames.contains(word) || reading.language.dates.weekdayNames.contains(word)
    }

    /// Whether a value is one by its form and not by its place: a date, a time, a number.
    private func hasForm(_ range: Range<Int>) -> Bool {
        (reading.dates.map(\.range) + reading.weekdays.map(\.range) + reading.quantities.map(\.range)
            + reading.spans.filter { $0.kind == .time }.map(\.range)).contains { $0.overlaps(range) }
    }

    /// Whether a value stands behind a word that the examples ask with and that says of what ("current time tokyo"), or
    /// opens the question ("tokyo time now").
    private func follows(asking first: Int) -> Bool {
        guard first > 0 else { return reading.text.words.count > 1 && reading.text.words[1].gap == " " }
        return isAsking(first - 1) && reading.language.common.isTelling(reading.text.words[first - 1].lower)
    }

    /// The figures and times that a call has no place for, and what it requires and is not said.
    func shortfall(of assignment: Assignment) -> Int {
        let said =
            reading.quantities.filter { $0.unit != nil && !$0.isImplied }.map(\.range)
            + reading.spans.filter { $0.kind == .time }.map(\.range)
        let used = assignment.ranges
        return said.count { range in !used.contains { $0.overlaps(range) } }
            + slots.indices.count { slots[$0].isRequired && assignment.filled[$0] == nil }
    }
}
