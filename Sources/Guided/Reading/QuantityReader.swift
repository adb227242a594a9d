import Foundation
import Languages
import Understanding

/// Finds the quantities of a text.
struct QuantityReader {
    private let text: Utterance
    private let taken: [Range<Int>]
    private let characters: [Character]
    private var found: [Quantity] = []
    private var language: QuestionLanguage { text.language }
    private var terms: NumberTerms { text.language.words.numbers }

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
            if let height = feetAndInches(figure) {
                found.append(height)
                index = height.range.upperBound
                continue
            }
            if let end = fractionEnd(figure) {
                if let fraction = fraction(figure, endingAt: end) { found.append(fraction) }
                index = max(end, found.last?.range.upperBound ?? end)
                continue
            }
            index = figure.range.upperBound
            if let quantity = quantity(of: decimalComma(figure) ?? figure) {
                found.append(quantity)
                index = max(index, quantity.range.upperBound)
            } else {
                while index < characters.count, characters[index].isLetter || characters[index].isNumber { index += 1 }
            }
        }
    }

    private func quantity(of figure: Figure) -> Quantity? {
        guard !isTaken(figure.range) else { return nil }
        var quantity = Quantity(value: figure.value, unit: nil, range: figure.range, written: figure.json)
        let letters = run(from: figure.range.upperBound) { $0.isLetter }
        let glued = text.text(letters)
        if language.numbers.ordinalEndings.contains(glued.lowercased()) {
            quantity.isOrdinal = true
            quantity.range = figure.range.lowerBound..<letters.upperBound
            return quantity
        }
        var end = figure.range.upperBound
        if !glued.isEmpty,
            let scale = terms.scales[glued] ?? terms.scales[glued.lowercased()].flatMap({ glued.count > 1 ? $0 : nil }),
            language.units.named(glued) == nil || figure.isMoney
        {
            quantity.value *= scale
            end = letters.upperBound
        }
        let rest = extended(quantity, from: end, isGlued: end == figure.range.upperBound && !glued.isEmpty)
        // "2D" and "4x" are no quantities.
        if rest == nil, end == figure.range.upperBound, !glued.isEmpty { return nil }
        quantity = rest ?? quantity
        quantity.range = figure.range.lowerBound..<max(quantity.range.upperBound, end)
        if quantity.unit == nil, figure.isMoney { quantity.unit = language.units.named(figure.currency) }
        return quantity
    }

    /// `5'11"` and `5′ 11`: as inches, which are exact.
    private func feetAndInches(_ figure: Figure) -> Quantity? {
        func isMark(_ index: Int, _ marks: String) -> Bool {
            index < characters.count && marks.contains(characters[index])
        }
        guard !isTaken(figure.range), figure.value == figure.value.rounded(), figure.value > 0,
            isMark(figure.range.upperBound, "'’′")
        else { return nil }
        var start = figure.range.upperBound + 1
        if isMark(start, " ") { start += 1 }
        guard start < characters.count, let inches = Figure(at: start, in: characters),
            (0..<12).contains(inches.value), let foot = language.units.named("ft"),
            let inch = language.units.named("\""), let feet = foot.convert(figure.value, to: inch)
        else { return nil }
        let end = inches.range.upperBound
        let isClosed = isMark(end, "\"”″")
        guard isClosed || end == characters.count || !(characters[end].isLetter || characters[end].isNumber) else {
            return nil
        }
        let value = feet + inches.value
        return Quantity(
            value: value, unit: inch, range: figure.range.lowerBound..<(isClosed ? end + 1 : end), isBySign: true,
            written: NumberFilling.json(value))
    }

    /// Where "3/4" ends; nil where a figure is no part of such a thing.
    private func fractionEnd(_ figure: Figure) -> Int? {
        let slash = figure.range.upperBound
        guard slash + 1 < characters.count, characters[slash] == "/", figure.range.count <= 2 else { return nil }
        let below = run(from: slash + 1) { $0.isASCII && $0.isNumber }
        guard (1...2).contains(below.count),
            below.upperBound == characters.count
                || !(characters[below.upperBound].isLetter || "/.-".contains(characters[below.upperBound]))
        else { return nil }
        return below.upperBound
    }

    /// A fraction, told by the unit behind it: "3/4 cup"; without one it may be a day, and is no number.
    private func fraction(_ figure: Figure, endingAt end: Int) -> Quantity? {
        guard !isTaken(figure.range), let (unit, stop) = unit(at: end),
            let below = Double(text.text((figure.range.upperBound + 1)..<end)), below > 0
        else { return nil }
        return Quantity(value: figure.value / below, unit: unit, range: figure.range.lowerBound..<stop)
    }

    /// A figure whose comma is a decimal one, told by the unit behind it: "1,5 metres".
    private func decimalComma(_ figure: Figure) -> Figure? {
        let comma = figure.range.upperBound
        guard comma < characters.count, characters[comma] == ",",
            !text.text(figure.range).contains("."), !isListed(figure.range.lowerBound)
        else { return nil }
        let digits = run(from: comma + 1) { $0.isASCII && $0.isNumber }
        // Three digits are a thousand's.
        guard !digits.isEmpty, digits.count != 3, unit(at: digits.upperBound) != nil else { return nil }
        var decimal = Array(characters[figure.range])
        decimal.append(".")
        decimal += characters[digits]
        guard let first = decimal.firstIndex(where: \.isNumber), var read = Figure(at: first, in: decimal) else {
            return nil
        }
        read.range = figure.range.lowerBound..<digits.upperBound
        return read
    }

    /// Whether a figure stands behind another and a comma: the 2 of "1,2,3".
    private func isListed(_ start: Int) -> Bool {
        start > 1 && characters[start - 1] == "," && characters[start - 2].isNumber
    }

    /// The quantity with the scale word and the unit that follow it; nil where letters touch it that are neither.
    private func extended(_ quantity: Quantity, from end: Int, isGlued: Bool) -> Quantity? {
        var quantity = quantity
        var index = end
        if !isGlued {
            for _ in 0..<2 {
                let word = wordAfter(index)
                guard let word, let scale = terms.scales[word.lower], word.lower.count > 1 else { break }
                quantity.value *= scale
                index = word.range.upperBound
            }
        }
        if let word = wordAfter(index), word.lower == "π" || terms.pi.contains(word.lower) {
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
    private func unit(at index: Int) -> (MeasuredUnit, Int)? {
        var start = index
        while start < characters.count, start < index + 2, " -".contains(characters[start]) { start += 1 }
        guard start < characters.count else { return nil }
        if characters[start] == "%" { return language.units.named("%").map { ($0, start + 1) } }
        if characters[start] == "$" || characters[start] == "€" {
            return language.units.named(String(characters[start])).map { ($0, start + 1) }
        }
        var best: (MeasuredUnit, Int)?
        var end = start
        for _ in 0..<language.units.mostWords {
            let stop = run(from: end) { $0.isLetter || $0.isNumber || "/^²³°.µμΩ".contains($0) }.upperBound
            guard stop > end else { break }
            let spelling = text.text(start..<stop)
            let trimmed = spelling.hasSuffix(".") ? String(spelling.dropLast()) : spelling
            // A lone letter after a space is rather a word or a name than a unit, unless it is one's usual symbol.
            let isWord = language.units.terms.notSymbols.contains(trimmed)
            if !isWord, let unit = language.units.named(trimmed) { best = (unit, start + trimmed.count) }
            guard stop < characters.count, characters[stop] == " " || characters[stop] == "-" else { break }
            end = stop + 1
        }
        if best == nil, start == index {
            let letters = run(from: start) { $0.isLetter }
            let name = language.units.terms.glued[text.text(letters)]
            return name.flatMap(language.units.named).map { ($0, letters.upperBound) }
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
            if let value = language.numbers.likelyValue(of: word.lower) {
                var quantity = Quantity(value: value, unit: nil, range: word.range, isFigure: false)
                while index + 1 < words.count, words[index + 1].gap.allSatisfy({ " -".contains($0) }) {
                    let next = words[index + 1]
                    if let scale = terms.scales[next.lower], scale >= 100 {
                        quantity.value = (quantity.value == 0 ? 1 : quantity.value) * scale
                    } else if let more = language.numbers.likelyValue(of: next.lower), more < 10,
                        quantity.value >= 20, quantity.value.truncatingRemainder(dividingBy: 10) == 0
                    {
                        quantity.value += more
                    } else {
                        break
                    }
                    index += 1
                    quantity.range = quantity.range.lowerBound..<next.range.upperBound
                }
                let isUnsure = terms.unsure.contains(word.lower)
                if isUnsure { quantity.isImplied = true }
                found.append(extended(quantity, from: quantity.range.upperBound, isGlued: false) ?? quantity)
                if isUnsure, found.last?.unit != nil { found[found.count - 1].isImplied = false }
            } else if let value = terms.ordinals[word.lower] {
                found.append(Quantity(value: value, unit: nil, range: word.range, isOrdinal: true, isFigure: false))
            } else if terms.rest.words.contains(word.lower), index > 0,
                terms.rest.after.contains(words[index - 1].lower)
            {
                found.append(
                    Quantity(
                        value: 0, unit: language.units.named("m/s"), range: word.range, isImplied: true, isFigure: false
                    ))
            } else if let times = terms.frequencies[word.lower] {
                found.append(Quantity(value: times, unit: nil, range: word.range, isFrequency: true, isFigure: false))
            } else if index > 0, terms.spans.contains(words[index - 1].lower),
                let unit = language.units.named(word.text),
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
                    || language.enumerations.and.contains(
                        text.text(last.range.upperBound..<quantity.range.lowerBound).trimmingCharacters(
                            in: .whitespaces)),
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
}
