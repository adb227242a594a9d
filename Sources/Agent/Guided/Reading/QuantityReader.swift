import Foundation

/// Finds the quantities of a text.
struct QuantityReader {
    private let text: Utterance
    private let taken: [Range<Int>]
    private let characters: [Character]
    private var found: [Quantity] = []

    /// - Parameter taken: what was read as something else already: dates, times of day, formulas, codes.
    static func quantities(in text: Utterance, taken: [Range<Int>]) -> [Quantity] {
        var reader = QuantityReader(text: text, taken: taken)
        reader.readFigures()
        reader.readWords()
        reader.readCompounds()
        return reader.found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// Without the number words that only announce how many follow: "two numbers: 40 and 50".
    static func meant(_ quantities: [Quantity], listed: [[Range<Int>]], in text: Utterance) -> [Quantity] {
        quantities.filter { quantity in
            guard !quantity.isFigure, quantity.unit == nil, !quantity.isOrdinal, !quantity.isImplied else {
                return true
            }
            return !listed.contains { run in
                guard let first = run.first, Double(run.count) == quantity.value else { return false }
                let gap = quantity.range.upperBound..<max(quantity.range.upperBound, first.lowerBound)
                return first.lowerBound > quantity.range.upperBound && gap.count < 60
            }
        }
    }

    private init(text: Utterance, taken: [Range<Int>]) {
        self.text = text
        self.taken = taken
        characters = text.characters
    }

    // MARK: Figures

    private mutating func readFigures() {
        var index = 0
        while index < characters.count {
            guard let figure = Figure(at: index, in: characters) else {
                index += 1
                continue
            }
            index = figure.range.upperBound
            if let quantity = quantity(of: figure) {
                found.append(quantity)
                index = max(index, quantity.range.upperBound)
            } else {
                while index < characters.count, characters[index].isLetter || characters[index].isNumber { index += 1 }
            }
        }
    }

    private func quantity(of figure: Figure) -> Quantity? {
        guard !isTaken(figure.range) else { return nil }
        var quantity = Quantity(value: figure.value, whole: figure.whole, unit: nil, range: figure.range)
        let letters = run(from: figure.range.upperBound) { $0.isLetter }
        let glued = text.text(letters)
        if ["st", "nd", "rd", "th"].contains(glued.lowercased()) {
            quantity.isOrdinal = true
            quantity.range = figure.range.lowerBound..<letters.upperBound
            return quantity
        }
        var end = figure.range.upperBound
        if !glued.isEmpty,
            let scale = Self.scales[glued] ?? Self.scales[glued.lowercased()].flatMap({ glued.count > 1 ? $0 : nil }),
            Unit.named(glued) == nil || figure.isMoney
        {
            quantity.value *= scale
            end = letters.upperBound
        }
        let rest = extended(quantity, from: end, isGlued: end == figure.range.upperBound && !glued.isEmpty)
        // "2D" and "4x" are no quantities.
        if rest == nil, end == figure.range.upperBound, !glued.isEmpty { return nil }
        quantity = rest ?? quantity
        quantity.range = figure.range.lowerBound..<max(quantity.range.upperBound, end)
        if quantity.unit == nil, figure.isMoney { quantity.unit = Unit.named(figure.currency) }
        return quantity
    }

    /// The quantity with the scale word and the unit that follow it; nil where letters touch it that are neither.
    private func extended(_ quantity: Quantity, from end: Int, isGlued: Bool) -> Quantity? {
        var quantity = quantity
        var index = end
        if !isGlued {
            for _ in 0..<2 {
                let word = wordAfter(index)
                guard let word, let scale = Self.scales[word.lower], word.lower.count > 1 else { break }
                quantity.value *= scale
                index = word.range.upperBound
            }
        }
        if let word = wordAfter(index), ["pi", "π"].contains(word.lower) {
            quantity.value = (quantity.value * Double.pi * 10000).rounded() / 10000
            index = word.range.upperBound
        }
        quantity.range = quantity.range.lowerBound..<index
        if let (unit, stop) = unit(at: index) {
            quantity.unit = unit
            quantity.range = quantity.range.lowerBound..<stop
            return quantity
        }
        return isGlued ? nil : quantity
    }

    /// The longest unit that begins at a place, after a space or a hyphen.
    private func unit(at index: Int) -> (Unit, Int)? {
        var start = index
        while start < characters.count, start < index + 2, " -".contains(characters[start]) { start += 1 }
        guard start < characters.count else { return nil }
        if characters[start] == "%" { return Unit.named("%").map { ($0, start + 1) } }
        if characters[start] == "$" || characters[start] == "€" {
            return Unit.named(String(characters[start])).map { ($0, start + 1) }
        }
        var best: (Unit, Int)?
        var end = start
        for _ in 0..<Unit.mostWords {
            let stop = run(from: end) { $0.isLetter || $0.isNumber || "/^²³°.µμΩ".contains($0) }.upperBound
            guard stop > end else { break }
            let spelling = text.text(start..<stop)
            let trimmed = spelling.hasSuffix(".") ? String(spelling.dropLast()) : spelling
            // A lone letter after a space is rather a word or a name than a unit, unless it is one's usual symbol.
            let isWord = trimmed == "in" || trimmed == "a" || trimmed == "at"
            if !isWord, let unit = Unit.named(trimmed) { best = (unit, start + trimmed.count) }
            guard stop < characters.count, characters[stop] == " " || characters[stop] == "-" else { break }
            end = stop + 1
        }
        if best == nil, start == index, text.text(start..<min(start + 2, characters.count)) == "in" {
            let after = start + 2
            if after >= characters.count || !characters[after].isLetter {
                return Unit.named("inch").map { ($0, after) }
            }
        }
        return best
    }

    // MARK: Words

    private mutating func readWords() {
        let words = text.words
        var index = 0
        while index < words.count {
            let word = words[index]
            defer { index += 1 }
            guard !isTaken(word.range), !found.contains(where: { $0.range.overlaps(word.range) }) else { continue }
            if let value = NumberWords.value(of: word.lower) ?? Self.more[word.lower] {
                var quantity = Quantity(value: value, unit: nil, range: word.range, isFigure: false)
                while index + 1 < words.count, words[index + 1].gap.allSatisfy({ " -".contains($0) }) {
                    let next = words[index + 1]
                    if let scale = Self.scales[next.lower], scale >= 100 {
                        quantity.value = (quantity.value == 0 ? 1 : quantity.value) * scale
                    } else if let more = NumberWords.value(of: next.lower) ?? Self.more[next.lower], more < 10,
                        quantity.value >= 20, quantity.value.truncatingRemainder(dividingBy: 10) == 0
                    {
                        quantity.value += more
                    } else {
                        break
                    }
                    index += 1
                    quantity.range = quantity.range.lowerBound..<next.range.upperBound
                }
                if word.lower == "one" { quantity.isImplied = true }
                found.append(extended(quantity, from: quantity.range.upperBound, isGlued: false) ?? quantity)
                if word.lower == "one", found.last?.unit != nil { found[found.count - 1].isImplied = false }
            } else if let value = Self.ordinals[word.lower] {
                found.append(Quantity(value: value, unit: nil, range: word.range, isOrdinal: true, isFigure: false))
            } else if word.lower == "rest", index > 0, ["from", "at"].contains(words[index - 1].lower) {
                found.append(
                    Quantity(value: 0, unit: Unit.named("m/s"), range: word.range, isImplied: true, isFigure: false))
            } else if let times = Self.frequencies[word.lower] {
                found.append(Quantity(value: times, unit: nil, range: word.range, isFrequency: true, isFigure: false))
            } else if index > 0, Self.spanWords.contains(words[index - 1].lower), let unit = Unit.named(word.text),
                unit.dimension == .time, unit.name == word.lower
            {
                found.append(
                    Quantity(
                        value: 1, unit: unit, range: words[index - 1].range.lowerBound..<word.range.upperBound,
                        isImplied: true, isFigure: false))
            }
        }
    }

    /// "5 ft 10 in" is one quantity.
    private mutating func readCompounds() {
        found.sort { $0.range.lowerBound < $1.range.lowerBound }
        var merged: [Quantity] = []
        for quantity in found {
            if let last = merged.last, let first = last.unit, let second = quantity.unit,
                first.dimension == second.dimension, [.length, .mass, .time, .angle].contains(first.dimension),
                let larger = first.factor, let smaller = second.factor, larger > smaller,
                text.text(last.range.upperBound..<quantity.range.lowerBound).allSatisfy({ " ,".contains($0) })
                    || text.text(last.range.upperBound..<quantity.range.lowerBound) == " and ",
                let converted = second.convert(quantity.value, to: first), !quantity.isImplied, converted < 1
            {
                merged[merged.count - 1].value = last.value + converted
                merged[merged.count - 1].range = last.range.lowerBound..<quantity.range.upperBound
            } else {
                merged.append(quantity)
            }
        }
        found = merged
    }

    // MARK: Places

    private func isTaken(_ range: Range<Int>) -> Bool { taken.contains { $0.overlaps(range) } }

    private func run(from start: Int, while isPart: (Character) -> Bool) -> Range<Int> {
        var end = start
        while end < characters.count, isPart(characters[end]) { end += 1 }
        return start..<end
    }

    private func wordAfter(_ index: Int) -> Utterance.Word? {
        guard index < characters.count, " -".contains(characters[index]) else { return nil }
        return text.words.first { $0.range.lowerBound == index + 1 }
    }

    static let scales: [String: Double] = [
        "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12, "k": 1e3,
        "K": 1e3, "M": 1e6, "mn": 1e6, "bn": 1e9, "B": 1e9, "lakh": 1e5, "crore": 1e7,
    ]
    private static let more: [String: Double] = [
        "zero": 0, "one": 1, "twice": 2, "thrice": 3, "couple": 2, "million": 1e6, "billion": 1e9,
    ]
    private static let ordinals: [String: Double] = [
        "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    ]
    /// How often a year that is.
    private static let frequencies: [String: Double] = [
        "monthly": 12, "quarterly": 4, "semiannually": 2, "semi-annually": 2, "weekly": 52, "daily": 365,
    ]
    private static let spanWords: Set<String> = [
        "next", "last", "past", "previous", "upcoming", "coming", "following", "this", "every",
    ]
}
