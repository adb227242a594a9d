import Core
import Foundation
import Languages
import Understanding

/// The calls that one question makes of the same tool: "for Paris, London and Rome" are three.
///
/// Where all that was said has its place in one call, there is one. Else what is enumerated for a slot of one value makes
/// a call each; or the question's clauses are filled one after another, and a clause that says again what the call
/// before it has already begins another call, which has everything it does not say in common with the first.
struct CallSeries {
    let call: FilledCall
    let reading: QuestionReading

    private var language: QuestionLanguage { reading.language }

    private static let most = 16
    /// How much worse than the first call's a value may fit.
    private static let margin = 0.9

    /// For each call what fills its slots, and after that what fills further items of its list of objects.
    func rounds() -> [[[Candidate?]]] {
        let all = assignments()
        // Calls that differ in nothing but such items are one.
        let common = call.slots.indices.filter { !call.slots[$0].isOfItems }
        guard common.count < call.slots.count,
            all.allSatisfy({ filled in common.allSatisfy { filled[$0]?.value == all[0][$0]?.value } })
        else { return all.map { [$0] } }
        return [all]
    }

    func assignments() -> [[Candidate?]] {
        let first = call.assignment.filled
        let listed = enumerated(in: first)
        if !listed.isEmpty { return Array(distributed(listed, over: first).prefix(Self.most)) }
        guard hasLeftovers(first) else { return [first] }
        let clauses = byClause(first)
        return clauses.count > 1 ? Array(clauses.prefix(Self.most)) : [first]
    }

    // MARK: What is enumerated

    private typealias Listed = (slot: Int, values: [Candidate])

    /// Slots for one value whose value was enumerated with others that no other slot has.
    private func enumerated(in filled: [Candidate?]) -> [Listed] {
        filled.indices.compactMap { index in
            guard let one = filled[index], let range = one.range, !one.companions.isEmpty else { return nil }
            switch call.slots[index].kind {
            case .number, .text, .choice: break
            default: return nil
            }
            let used = filled.indices.filter { $0 != index }.compactMap { filled[$0]?.range }
            // "between Paris and London" fills two slots and is no enumeration.
            guard !one.companions.contains(where: { companion in used.contains { $0.overlaps(companion.range) } })
            else {
                return nil
            }
            let values = [one] + one.companions.map { Candidate(value: $0.value, range: $0.range, score: one.score) }
            return (index, values.sorted { ($0.range ?? range).lowerBound < ($1.range ?? range).lowerBound })
        }
    }

    private func distributed(_ listed: [Listed], over first: [Candidate?]) -> [[Candidate?]] {
        let lengths = Set(listed.map(\.values.count))
        let isPaired = reading.text.words.contains { language.words.joining.paired.contains($0.lower) }
        if lengths.count == 1, let length = lengths.first, isPaired || listed.count == 1 {
            // "A and B for 20 and 15 minutes": the first with the first.
            return (0..<length).map { round in
                var filled = first
                for one in listed { filled[one.slot] = one.values[round] }
                return filled
            }
        }
        return listed.reduce([first]) { partial, one in
            partial.flatMap { filled in
                one.values.map { value in
                    var more = filled
                    more[one.slot] = value
                    return more
                }
            }
        }
    }

    // MARK: Clauses

    /// Whether the question says things of weight that have no place in the first call and would fit one of its slots.
    private func hasLeftovers(_ first: [Candidate?]) -> Bool {
        let used = first.compactMap { $0?.place }
        return call.slots.indices.contains { index in
            guard let known = first[index], known.place != nil else { return false }
            return call.candidates[index].contains { candidate in
                guard let place = candidate.place, !used.contains(where: { $0.overlaps(place) }) else { return false }
                return isWeighty(candidate, like: known, call.slots[index])
                    && candidate.score >= known.score - Self.margin
            }
        }
    }

    /// The calls of the clauses, one after another.
    private func byClause(_ first: [Candidate?]) -> [[Candidate?]] {
        var calls: [[Candidate?]] = []
        for clause in clauses() {
            let filled = fill(clause, like: first)
            guard filled.contains(where: { $0 != nil }) else { continue }
            // What is said again says nothing new: "a base of 12 metres and a height of 15 metres".
            if let last = calls.last,
                zip(last, filled).allSatisfy({ $0 == nil || $1 == nil || $0?.value == $1?.value })
            {
                calls[calls.count - 1] = zip(last, filled).map { $0 ?? $1 }
            } else {
                calls.append(filled)
            }
        }
        guard let opening = calls.first else { return [] }
        // What a call does not say it has in common with the first, and the first with the whole question, but for what may be
        // left out and another call says.
        let later = calls.dropFirst().joined().compactMap { $0?.place }
        let common = opening.indices.map { index in
            opening[index]
                ?? first[index].flatMap { one in
                    let isLater = one.place.map { place in later.contains { $0.overlaps(place) } } ?? false
                    return isLater && !call.slots[index].isRequired ? nil : one
                }
        }
        return calls.map { zip($0, common).map { $0 ?? $1 } }
    }

    private func fill(_ clause: Range<Int>, like first: [Candidate?]) -> [Candidate?] {
        let within = call.slots.indices.map { index in
            call.candidates[index].filter { candidate in
                guard let place = candidate.place, let known = first[index], known.place != nil,
                    place.lowerBound >= clause.lowerBound, place.upperBound <= clause.upperBound
                else { return false }
                return isWeighty(candidate, like: known, call.slots[index])
                    && (candidate.score >= known.score - Self.margin || isMeasuredAlike(candidate, known))
            }
        }
        let optional = call.slots.map { slot in
            var slot = slot
            slot.isRequired = true
            return slot
        }
        return Assignment.best(optional, within).filled
    }

    /// Where one clause ends and another begins: at sentences' ends, commas and conjunctions outside of what is mentioned.
    private func clauses() -> [Range<Int>] {
        // "The first circle" counts nothing.
        let figures = reading.quantities.filter { !$0.isOrdinal }.map(\.range)
        let whole =
            reading.literals.map(\.range) + figures
            + reading.spans.filter { $0.kind != .phrase && $0.kind != .figure }.map(\.range)
            + reading.runs(of: figures).compactMap { run in
                // "12 and 18" belong together.
                run.first.flatMap { first in run.last.map { first.lowerBound..<$0.upperBound } }
            }
        let words = reading.text.words
        var starts: [Int] = [0]
        for word in words.dropFirst() {
            let joins = language.enumerations.clauses.contains(word.lower)
            let cuts = word.opens || word.gap.contains { ",;".contains($0) } || joins
            let place = word.range.lowerBound
            guard cuts, !whole.contains(where: { $0.lowerBound < place && $0.upperBound > place }) else { continue }
            starts.append(place)
        }
        return zip(starts, starts.dropFirst() + [reading.text.characters.count]).map { $0..<$1 }
    }

    /// Whether a value is of the same sort as another: a figure, a name, a quotation, a date.
    private func isWeighty(_ one: Candidate, like other: Candidate, _ slot: Slot) -> Bool {
        guard let place = one.place, let known = other.place else { return false }
        // "I am in Berlin. What time is it in Tokyo?"
        if isTold(place), !isTold(known) { return false }
        // A part of a list is no other list.
        if slot.kind == .texts, (one.value.array?.count ?? 0) < 2 { return false }
        if slot.notes.theme == .currency || slot.notes.theme == .unit { return true }
        if slot.isChosen(one.value) { return true }
        if let phrase = introduced(place), phrase == introduced(known) { return true }
        return kinds(at: place) == kinds(at: known) && kinds(at: place) != nil
    }

    /// Whether a place lies in a sentence that asks for nothing.
    private func isTold(_ place: Range<Int>) -> Bool {
        let words = reading.text.words
        // A question of one sentence is not taken apart for each value.
        guard words.dropFirst().contains(where: \.opens) else { return false }
        let start = words.last { $0.opens && $0.range.lowerBound <= place.lowerBound }?.range.lowerBound ?? 0
        let end = words.first { $0.opens && $0.range.lowerBound > start }?.range.lowerBound
        let sentence = reading.text.text(start..<(end ?? reading.text.characters.count))
            .trimmingCharacters(in: .whitespaces)
        return sentence.last != "?" && !QuestionParts.begins(sentence, in: language)
    }

    /// Whether two figures have the same unit: "3000 sq ft in New York and 4000 sq ft in Los Angeles".
    private func isMeasuredAlike(_ one: Candidate, _ other: Candidate) -> Bool {
        let units = [one, other].map { candidate in
            candidate.place.flatMap { place in reading.quantities.first { $0.range == place }?.unit?.name }
        }
        return units[0] != nil && units[0] == units[1]
    }

    /// The preposition that introduces a phrase: "of water and of ethanol".
    private func introduced(_ place: Range<Int>) -> String? {
        guard reading.spans.contains(where: { $0.range == place && $0.kind == .phrase && $0.isWhole }) else {
            return nil
        }
        let first = reading.text.words(in: place).lowerBound
        guard first > 0 else { return nil }
        let before = reading.text.words[first - 1].lower
        return language.words.prepositions.introducing.contains(before) ? before : nil
    }

    private func kinds(at place: Range<Int>) -> Span.Kind? {
        if reading.literals.contains(where: { $0.range == place }) { return .formula }
        if reading.quantities.contains(where: { $0.range.overlaps(place) && !$0.isImplied }) { return .figure }
        let kind = reading.spans.first { $0.range == place && $0.kind != .phrase && $0.kind != .figure }?.kind
        // What begins a sentence is a name where it is written as one: "Olga is 31 and Piet is 44".
        if kind == nil, reading.text.words[reading.text.words(in: place)].allSatisfy(\.isCapitalised) { return .name }
        return kind
    }
}
