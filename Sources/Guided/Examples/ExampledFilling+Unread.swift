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
        return !isAsking(index) && reading.language.common.isTelling(word.lower) && word.text.contains(where: \.isLetter)
            && !reading.language.stem.all(in: word.text).contains(where: topic.contains)
    }

    private var topic: Set<String> {
        Set(reading.language.stem.all(in: "\(tool.operation) \(tool.description)"))
    }

    /// Whether each text that is taken from the question stands beside words or ends that an example has beside such an
    /// argument, and whether something is, where anything is said.
    func isPlaced(_ assignment: Assignment) -> Bool {
        let patterns = examples.map(\.pattern)
        for (index, filled) in assignment.filled.enumerated() {
            guard slots[index].kind == .text, slots[index].notes.theme != .date, slots[index].notes.theme != .time,
                let range = filled?.range,
                !reading.text.words(in: range).contains(where: { reading.text.words[$0].isCapitalised })
            else { continue }
            if SlotPattern(reading.text, [index: range]).support(by: patterns) == 0 { return false }
        }
        guard assignment.isEmpty else { return true }
        return !reading.text.words.indices.contains(where: isOpen)
    }
}
