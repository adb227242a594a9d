import Core
import Languages
import Understanding

/// Fills slots that ask for a currency: with its code, whichever way it was said.
struct CurrencyNames {
    let reading: QuestionReading

    func candidates(for slot: Slot) -> [Candidate] {
        let words = reading.text.words
        let currencies = reading.language.currencies
        let terms = currencies.terms
        var found: [Candidate] = []
        let mentions = reading.text.named(ofAtMost: CurrencyTable.mostWords, currencies.code)
        for (place, (code, named, range)) in mentions.enumerated() {
            // "How did USD do against NOK": of two, the one before such a word is what is converted.
            let isBeforeOther = mentions.dropFirst(place + 1).contains { _, other, _ in
                other.lowerBound > 0
                    && (terms.to.contains(words[other.lowerBound - 1].lower)
                        || terms.against.contains(words[other.lowerBound - 1].lower))
            }
            let before = named.lowerBound > 0 ? words[named.lowerBound - 1].lower : ""
            // "100 euros in dollars": what has the amount is what is converted.
            let next = named.upperBound < words.count ? words[named.upperBound].lower : ""
            let isSource =
                isBeforeOther || reading.quantities.contains { $0.range.overlaps(range) } || terms.from.contains(before)
                || !terms.to.contains(before) && (terms.to.contains(next) || terms.against.contains(next))
            let side: Slot.Side = isSource ? .first : .second
            let wanted =
                slot.notes.side
                ?? (slot.notes.nameStems.contains(where: currencies.quoted.contains) ? .second : nil)
            let fit = wanted == nil ? 0 : wanted == side ? 0.8 : -0.8
            // The amount's unit is the amount's too: no range that would be used twice.
            found.append(
                Candidate(value: .string(code), range: isSource ? nil : range, score: 1.5 + fit, place: range))
        }
        for quantity in reading.quantities where quantity.unit?.dimension == .money {
            let symbol = reading.text.text(quantity.range).first.map(String.init) ?? ""
            if let code = currencies.code(symbol) {
                found.append(
                    Candidate(
                        value: .string(code), range: nil, score: slot.notes.side == .second ? 0.2 : 1.6,
                        place: quantity.range))
            }
        }
        return found
    }
}
