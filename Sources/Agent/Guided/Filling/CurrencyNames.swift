import Core

/// Fills slots that ask for a currency: with its code, whichever way it was said.
struct CurrencyNames {
    let reading: QuestionReading

    func candidates(for slot: Slot) -> [Candidate] {
        let words = reading.text.words
        var found: [Candidate] = []
        for index in words.indices {
            for count in stride(from: min(2, words.count - index), through: 1, by: -1) {
                let range = words[index].range.lowerBound..<words[index + count - 1].range.upperBound
                guard let code = Self.code(reading.text.text(range)),
                    !found.contains(where: { $0.place?.overlaps(range) == true })
                else { continue }
                let before = index > 0 ? words[index - 1].lower : ""
                // "100 euros in dollars": what has the amount is what is converted.
                let isSource = reading.quantities.contains { $0.range.overlaps(range) } || before == "from"
                let side: Slot.Side = isSource ? .first : .second
                let fit = slot.notes.side == nil ? 0 : slot.notes.side == side ? 0.8 : -0.8
                // The amount's unit is the amount's too: no range that would be used twice.
                found.append(
                    Candidate(value: .string(code), range: isSource ? nil : range, score: 1.5 + fit, place: range))
                break
            }
        }
        for quantity in reading.quantities where quantity.unit?.dimension == .money {
            let symbol = reading.text.text(quantity.range).first.map(String.init) ?? ""
            if let code = Self.code(symbol) {
                found.append(
                    Candidate(
                        value: .string(code), range: nil, score: slot.notes.side == .second ? 0.2 : 1.6,
                        place: quantity.range))
            }
        }
        return found
    }

    static func code(_ name: String) -> String? {
        if codes.contains(name) { return name }
        let lower = name.lowercased()
        return names[lower] ?? (lower.hasSuffix("s") ? names[String(lower.dropLast())] : nil)
    }

    private static let codes: Set<String> = [
        "USD", "EUR", "GBP", "JPY", "CNY", "INR", "CAD", "AUD", "CHF", "NZD", "SEK", "NOK", "DKK", "RUB", "BRL", "MXN",
        "KRW",
        "SGD", "HKD", "TRY", "ZAR", "PLN", "THB", "IDR", "BTC", "ETH",
    ]
    private static let names: [String: String] = [
        "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "$": "USD", "usd": "USD",
        "euro": "EUR", "€": "EUR", "eur": "EUR", "pound": "GBP", "british pound": "GBP", "pound sterling": "GBP",
        "£": "GBP",
        "yen": "JPY", "japanese yen": "JPY", "¥": "JPY", "yuan": "CNY", "chinese yuan": "CNY", "rupee": "INR",
        "indian rupee": "INR", "₹": "INR", "canadian dollar": "CAD", "australian dollar": "AUD", "swiss franc": "CHF",
        "franc": "CHF", "peso": "MXN", "mexican peso": "MXN", "won": "KRW", "korean won": "KRW", "ruble": "RUB",
        "real": "BRL",
        "singapore dollar": "SGD", "hong kong dollar": "HKD", "krona": "SEK", "lira": "TRY", "rand": "ZAR",
        "bitcoin": "BTC",
    ]
}
