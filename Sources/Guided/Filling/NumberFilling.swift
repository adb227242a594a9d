import Core
import Foundation
import Languages
import Understanding

/// Fills slots for numbers from a question's quantities.
struct NumberFilling {
    let reading: QuestionReading
    let around: Neighbourhood
    /// Whether the tool changes something and has one slot for an amount.
    var isOnly = false
    /// Whether the numbers in parentheses are values of their own: of "the pair (45, 60)", where no list is asked for.
    var opensPairs = false

    private var terms: SlotTerms { reading.language.slots }

    func candidates(for slot: Slot, isInteger: Bool) -> [Candidate] {
        switch slot.notes.part {
        case .latitude where !reading.coordinates.isEmpty:
            return reading.coordinates.map { Candidate(value: $0.latitude.value, range: $0.latitude.range, score: 3) }
        case .longitude where !reading.coordinates.isEmpty:
            return reading.coordinates.map { Candidate(value: $0.longitude.value, range: $0.longitude.range, score: 3) }
        case .year, .month, .day:
            let parts = dateParts(for: slot)
            if !parts.isEmpty { return parts }
        default: break
        }
        let ranges = reading.runs(of: reading.quantities.map(\.range)).filter { $0.count > 1 }
        var candidates = reading.quantities.compactMap { quantity -> Candidate? in
            guard !reading.literals.contains(where: { isList($0) && $0.range.overlaps(quantity.range) }),
                !reading.coordinates.contains(where: { $0.range.overlaps(quantity.range) })
            else { return nil }
            guard let (number, fit) = score(quantity, for: slot, isInteger: isInteger) else { return nil }
            var candidate = Candidate(value: quantity.json(as: number), range: quantity.range, score: fit)
            if let run = ranges.first(where: { $0.contains(quantity.range) }) {
                candidate.companions = run.filter { $0 != quantity.range }.compactMap { range in
                    reading.quantities.first { $0.range == range }.flatMap { other in
                        score(other, for: slot, isInteger: isInteger).map {
                            Candidate.Companion(value: other.json(as: $0.number), range: range)
                        }
                    }
                }
            }
            return candidate
        }
        candidates += timeParts(for: slot)
        // A year of a date, where a year is asked for.
        if slot.notes.theme == .year {
            candidates += reading.dates.compactMap { date in
                Int(date.date.prefix(4)).map { Candidate(value: .integer($0), range: date.range, score: 0.4) }
            }
        }
        return candidates
    }

    private func isList(_ literal: Literal) -> Bool {
        !opensPairs || reading.text.characters[literal.range.lowerBound] != "("
    }

    /// The number in the slot's unit, and how well it fits; nil where it cannot be meant.
    func score(_ quantity: Quantity, for slot: Slot, isInteger: Bool) -> (number: Double, fit: Double)? {
        var number = quantity.value
        var score = around.fit(of: slot, at: quantity.range)
        let notes = slot.notes
        if around.isNamed(slot, at: quantity.range) { score += 2.5 }
        switch around.isLabelled(slot, at: quantity.range) {
        case true: score += 1.2
        case false: score -= 1.2
        case nil: break
        }
        if around.isSet(slot, to: quantity.range) { score += 1.2 }
        // "item 8"
        if around.isBeside(slot, quantity.range) { score += 0.8 }
        if let unit = quantity.unit {
            if unit.dimension == .fraction {
                (number, score) = percent(number, score, slot, isInteger: isInteger)
            } else if let wanted = notes.unit {
                if let converted = unit.convert(number, to: wanted) {
                    number = converted
                    score += unit == wanted ? 1.2 : 0.9
                } else if unit.dimension == wanted.dimension {
                    score += 0.3
                } else {
                    score -= 2
                }
            } else if let expected = expected(of: slot) {
                score += expected.contains(unit.dimension) ? 0.9 : -1.2
            } else if unit.dimension == .time, [.count, .rate, .year, .money].contains(notes.theme) {
                score -= 1
            } else if unit.dimension == .money, notes.theme == .money {
                score += 1
            } else if unit.dimension == .money, notes.theme != nil {
                score -= 1
            }
        } else if notes.unit != nil, notes.theme != .count, !quantity.isImplied {
            score -= 0.15
        } else if notes.theme == .money, quantity.value >= 100 {
            score += 0.1
        }
        if notes.theme == .year {
            score += quantity.isYear ? 1.5 : -2.5
        } else if quantity.isYear, !around.isNamed(slot, at: quantity.range) {
            score -= 0.8
        }
        if let wanted = notes.side, let said = around.side(of: quantity.range) { score += wanted == said ? 0.7 : -0.8 }
        if around.counts(slot, at: quantity.range) { score += 0.6 }
        if notes.isSize, around.ranks(quantity.range), quantity.unit == nil { score += 1.3 }
        if quantity.isImplied { score -= 0.7 }
        if quantity.isFrequency {
            let description = notes.description.lowercased()
            let counts = terms.words.often.contains(where: description.contains)
            score += counts && isInteger ? 0.6 : -2
        }
        // What was said in figures is rather meant for something than for nothing.
        if quantity.isFigure { score += 0.35 }
        if isOnly, quantity.isFigure, notes.theme != .identifier { score += 0.6 }
        if quantity.isOrdinal {
            score += notes.nameStems.contains(where: terms.orders.contains) ? 0.8 : -0.6
        }
        if isInteger, number != number.rounded() { return nil }
        return (number, score)
    }

    /// 5 % is 5 where percent is asked for, and 0.05 where a rate is.
    private func percent(_ number: Double, _ score: Double, _ slot: Slot, isInteger: Bool) -> (Double, Double) {
        let description = slot.notes.description.lowercased()
        let isPart =
            description.contains("0.") || terms.words.parts.contains(where: description.contains)
        let isPercent =
            !isPart
            && (description.contains("%") || terms.words.percent.contains(where: description.contains)
                || terms.words.percent.contains(where: slot.name.lowercased().contains))
        let fits = slot.notes.theme == .rate || isPercent || isPart
        let value = isInteger || isPercent ? number : (number / 100 * 1e12).rounded() / 1e12
        return (value, score + (fits ? 1.1 : -0.8))
    }

    /// What kinds of quantity a name speaks of.
    private func expected(of slot: Slot) -> Set<MeasuredUnit.Dimension>? {
        for stem in slot.notes.nameStems {
            if let known = terms.dimensions[stem] { return known }
        }
        return nil
    }

    /// The year, month or day of a date.
    func dateParts(for slot: Slot) -> [Candidate] {
        reading.dates.compactMap { date in
            let numbers = date.date.split(separator: "-")
            let index: Int? =
                switch slot.notes.part {
                case .year: 0
                case .month: 1
                case .day: 2
                default: nil
                }
            guard numbers.count == 3, let index, let number = Int(numbers[index]) else { return nil }
            // As it is written in a date, where a text is asked for.
            let isNumber: Bool =
                switch slot.kind {
                case .number: true
                case .choice(let values): values.allSatisfy { $0.number != nil }
                default: false
                }
            let value: JSONValue = isNumber ? .integer(number) : .string(String(numbers[index]))
            return Candidate(value: value, range: nil, score: 2.6, place: date.range)
        }
    }

    /// Hours and minutes of a time of day.
    private func timeParts(for slot: Slot) -> [Candidate] {
        reading.spans.filter { $0.kind == .time }.compactMap { span in
            guard let (hour, minute, isAfternoon) = reading.language.times.parts(of: span.text) else { return nil }
            let name = slot.notes.nameStems
            let isLate = isAfternoon && hour < 12
            if name.contains(where: terms.minutes.contains) {
                return minute.map { Candidate(value: .integer($0), range: nil, score: 1.3) }
            }
            guard name.contains(where: terms.hours.contains) else { return nil }
            let is24 = slot.notes.description.contains("24")
            return Candidate(value: .integer(is24 && isLate ? hour + 12 : hour), range: nil, score: 1.3)
        }
    }

    /// A whole number is an integer in JSON also where a number is asked for.
    static func json(_ number: Double) -> JSONValue {
        Int(exactly: number).map(JSONValue.integer) ?? .number(number)
    }
}
