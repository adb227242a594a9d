import Core

/// Which candidate fills which slot, so that all together fit best and nothing that was said is used twice.
struct Assignment: Sendable {
    /// One for each slot; nil where it stays empty.
    private(set) var filled: [Candidate?] = []
    private(set) var score = 0.0
    private var used: [Range<Int>] = []
    private var last: (kind: Slot.Kind, place: Int)?
    private var ordered: [(order: Int, place: Int)] = []

    /// What leaving a required slot empty costs.
    private static let missing = -1.2
    /// What must speak for filling an optional slot.
    static let worth = 0.75
    private static let width = 40
    private static let mostCandidates = 10
    /// So much worse than the best, and so many, are still compared.
    private static let rivalry = 3.0
    private static let mostRivals = 12

    /// - Parameter candidates: for each slot.
    static func best(_ slots: [Slot], _ candidates: [[Candidate]]) -> Assignment {
        all(slots, candidates).first ?? Assignment()
    }

    /// The best and others that fill as many slots or more nearly as well, the best first.
    ///
    /// - Parameter candidates: for each slot.
    static func rivals(_ slots: [Slot], _ candidates: [[Candidate]]) -> [Assignment] {
        let all = all(slots, candidates)
        guard let best = all.first else { return [] }
        var seen: Set<[JSONValue?]> = []
        let rivals = all.filter { one in
            one.score >= best.score - rivalry && one.ranges.count >= best.ranges.count
                && seen.insert(one.filled.map { $0?.value }).inserted
        }
        return Array(rivals.prefix(mostRivals))
    }

    private static func all(_ slots: [Slot], _ candidates: [[Candidate]]) -> [Assignment] {
        var beam = [Assignment()]
        for (slot, all) in zip(slots, candidates) {
            let top = all.sorted { $0.score > $1.score }.prefix(mostCandidates)
            var next: [Assignment] = []
            for partial in beam {
                var empty = partial
                empty.filled.append(nil)
                empty.score += slot.isRequired ? missing : slot.notes.theme == .query ? 0 : worth
                next.append(empty)
                for candidate in top {
                    if let more = partial.adding(candidate, to: slot) { next.append(more) }
                }
            }
            beam = Array(next.sorted { $0.score > $1.score }.prefix(width))
        }
        return beam
    }

    /// The words of the question that fill something.
    var ranges: [Range<Int>] { filled.compactMap { $0?.range } }

    /// Whether nothing is filled by words of the question.
    var isEmpty: Bool { ranges.isEmpty }

    /// Takes from another assignment of the same slots what is empty here.
    mutating func complete(with other: Assignment) {
        // Where the words stand says nothing in another text.
        filled = zip(filled, other.filled).map { own, other in
            own ?? other?.unplaced
        }
    }

    /// Takes what is empty here from a call that was made before.
    mutating func complete(_ slots: [Slot], from arguments: JSONValue) {
        filled = zip(slots, filled).map { slot, own in
            own ?? slot.value(in: arguments).map { Candidate(value: $0, range: nil, score: 0) }
        }
    }

    /// The ways to give words that fill several slots here with one value to one of these alone.
    var withoutSharing: [Assignment] {
        let shared = filled.indices.filter { index in
            filled.indices.contains { other in
                other != index && filled[index]?.range != nil && filled[other]?.range == filled[index]?.range
                    && filled[other]?.value == filled[index]?.value
            }
        }
        guard shared.count > 1 else { return [self] }
        return shared.map { kept in
            var one = self
            for index in shared where index != kept {
                one.score += Self.missing - (filled[index]?.score ?? 0)
                one.filled[index] = nil
            }
            return one
        }
    }

    /// Whether two slots that have the same choices have the same one.
    func repeatsChoice(of slots: [Slot]) -> Bool {
        slots.indices.contains { index in
            guard case .choice(let choices) = slots[index].kind, choices.count > 1, let value = filled[index]?.value
            else { return false }
            return slots.indices.contains {
                $0 > index && slots[$0].kind == slots[index].kind && filled[$0]?.value == value
            }
        }
    }

    /// Fills a slot, or takes away what fills it.
    mutating func fill(_ place: Int, with candidate: Candidate?) { filled[place] = candidate }

    /// Fills a slot with what another has.
    mutating func repeatValue(of place: Int, at open: Int) {
        filled[open] = filled[place]?.unplaced
    }

    private func adding(_ candidate: Candidate, to slot: Slot) -> Assignment? {
        var more = self
        more.score += candidate.score
        if let range = candidate.range {
            let overlaps = used.contains { $0.overlaps(range) }
            switch slot.kind {
            // A word may name a value and belong to another argument: "theft crimes in New York City".
            case .choice, .choices, .flag: if overlaps { more.score -= 0.4 }
            default: if overlaps { return nil }
            }
            if let last, last.kind == slot.kind { more.score += range.lowerBound > last.place ? 0.12 : -0.05 }
            more.last = (slot.kind, range.lowerBound)
            if let order = slot.notes.order {
                // The first mass and the first temperature stand before the second of either.
                for other in ordered where other.order != order {
                    more.score += (other.order < order) == (other.place < range.lowerBound) ? 0.1 : -0.3
                }
                more.ordered.append((order, range.lowerBound))
            }
            if slot.kind != .flag { more.used.append(range) }
        }
        more.filled.append(candidate)
        return more
    }
}
