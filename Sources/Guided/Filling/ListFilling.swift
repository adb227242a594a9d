import Core
import Languages
import Understanding

/// Fills slots for lists: from what is written as a list, and from what is enumerated.
struct ListFilling {
    let reading: QuestionReading
    let around: Neighbourhood
    let numbers: NumberFilling

    /// Lists of numbers.
    func numbers(for slot: Slot, isInteger: Bool) -> [Candidate] {
        var candidates: [Candidate] = reading.literals.compactMap { literal in
            guard let items = literal.value.array, items.allSatisfy({ $0.number != nil }) else { return nil }
            if isInteger, !items.allSatisfy(\.isWhole) { return nil }
            var score = 1.2 + around.fit(of: slot, at: literal.range)
            if around.isNamed(slot, at: literal.range) { score += 2 }
            return Candidate(value: literal.value, range: literal.range, score: score)
        }
        let loose = reading.quantities.filter { quantity in
            !reading.literals.contains { $0.range.overlaps(quantity.range) }
        }
        for run in reading.runs(of: loose.map(\.range)) where run.count > 1 {
            let members = run.compactMap { range in loose.first { $0.range == range } }
            let scored = members.compactMap { numbers.score($0, for: slot, isInteger: isInteger) }
            guard scored.count == members.count, let first = run.first, let last = run.last else { continue }
            let range = first.lowerBound..<last.upperBound
            candidates.append(
                Candidate(
                    value: .array(zip(members, scored).map { $0.json(as: $1.number) }), range: range,
                    score: 0.7 + around.fit(of: slot, at: range)))
        }
        let description = slot.notes.description.lowercased()
        let coefficients = reading.language.words.slots.coefficients.contains(where: description.contains)
        if coefficients {
            candidates += reading.spans.filter { $0.kind == .formula }.compactMap { span in
                Polynomial.coefficients(of: span.text).map {
                    Candidate(value: .array($0.map(NumberFilling.json)), range: span.range, score: 2)
                }
            }
        }
        return candidates + pairs(loose, for: slot, isInteger: isInteger)
    }

    /// "from x = 1 to x = 3", where an interval is asked for.
    private func pairs(_ loose: [Quantity], for slot: Slot, isInteger: Bool) -> [Candidate] {
        let isInterval = !reading.language.slots.intervals.isDisjoint(
            with: slot.notes.nameStems + slot.notes.descriptionStems)
        guard isInterval else { return [] }
        return zip(loose, loose.dropFirst()).compactMap { first, second in
            guard around.side(of: first.range) == .first,
                around.side(of: second.range) == .second || isPair(first, second)
            else { return nil }
            if isInteger, first.value != first.value.rounded() || second.value != second.value.rounded() { return nil }
            return Candidate(
                value: .array([first.json(as: first.value), second.json(as: second.value)]),
                range: first.range.lowerBound..<second.range.upperBound, score: 1.6)
        }
    }

    private func isPair(_ first: Quantity, _ second: Quantity) -> Bool {
        let between = reading.text.text(first.range.upperBound..<second.range.lowerBound).lowercased()
        return reading.language.slots.intervalLink.isFound(in: between)
    }

    /// Lists of texts.
    ///
    /// - Parameter single: what fits the slot as one text.
    func texts(for slot: Slot, single: [Candidate]) -> [Candidate] {
        var candidates: [Candidate] = reading.literals.compactMap { literal in
            guard let items = literal.value.array, items.allSatisfy({ $0.string != nil }) else { return nil }
            return Candidate(
                value: literal.value, range: literal.range, score: 1.5 + around.fit(of: slot, at: literal.range))
        }
        let named = single.filter { slot.notes.options.contains($0.value.string ?? "") }
            .sorted { ($0.range?.lowerBound ?? 0) < ($1.range?.lowerBound ?? 0) }
        var values: [JSONValue] = []
        for one in named where !values.contains(one.value) { values.append(one.value) }
        if values.count > 1, let first = named.first?.range, let last = named.last?.range {
            candidates.append(
                Candidate(
                    value: .array(values), range: first.lowerBound..<max(first.upperBound, last.upperBound),
                    score: (named.map(\.score).max() ?? 0) + 0.5))
        }
        for one in single {
            guard let range = one.range else { continue }
            candidates.append(Candidate(value: .array([one.value]), range: range, score: one.score - 0.2))
            guard !one.companions.isEmpty else { continue }
            let all = ([Candidate.Companion(value: one.value, range: range)] + one.companions).sorted {
                $0.range.lowerBound < $1.range.lowerBound
            }
            guard let first = all.first, let last = all.last, first.range == range else { continue }
            candidates.append(
                Candidate(
                    value: .array(all.map(\.value)), range: first.range.lowerBound..<last.range.upperBound,
                    score: one.score + 0.6 + 0.1 * Double(all.count)))
        }
        return candidates
    }
}

/// Polynomials of one variable.
enum Polynomial {
    private static let term = TextPattern(#"^([+-]?)(\d+(?:\.\d+)?)?([a-z](?:\^(\d+))?)?"#)

    /// The coefficients from the highest exponent to the constant term; nil where a text is no polynomial.
    static func coefficients(of text: String) -> [Double]? {
        var terms: [Int: Double] = [:]
        let compact = text.replacing(" ", with: "").replacing("**", with: "^").replacing("*", with: "")
        var rest = Substring(compact)
        while !rest.isEmpty {
            // No term is longer.
            guard let match = term.firstMatch(in: rest.prefix(64)), match[2] != nil || match[3] != nil else {
                return nil
            }
            let size = match[2].flatMap { Double($0) } ?? 1
            let exponent = match[3] == nil ? 0 : match[4].flatMap { Int($0) } ?? 1
            guard exponent <= 20 else { return nil }
            terms[exponent, default: 0] += match[1] == "-" ? -size : size
            rest = rest[match.range.upperBound...]
        }
        guard let highest = terms.keys.max(), highest > 0 else { return nil }
        return stride(from: highest, through: 0, by: -1).map { terms[$0] ?? 0 }
    }
}
