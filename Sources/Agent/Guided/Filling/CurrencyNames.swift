import Core
import Foundation

/// Fills slots that ask for a currency: with its code, whichever way it was said.
struct CurrencyNames {
    let reading: QuestionReading

    func candidates(for slot: Slot) -> [Candidate] {
        let words = reading.text.words
        var found: [Candidate] = []
        for index in words.indices {
            for count in stride(from: min(3, words.count - index), through: 1, by: -1) {
                let range = words[index].range.lowerBound..<words[index + count - 1].range.upperBound
                guard let code = Self.code(reading.text.text(range)),
                    !found.contains(where: { $0.place?.overlaps(range) == true })
                else { continue }
                let before = index > 0 ? words[index - 1].lower : ""
                // "100 euros in dollars": what has the amount is what is converted.
                let next = index + count < words.count ? words[index + count].lower : ""
                let isSource =
                    reading.quantities.contains { $0.range.overlaps(range) } || before == "from"
                    || before != "to" && ["to", "in", "into", "against", "versus"].contains(next)
                let side: Slot.Side = isSource ? .first : .second
                let wanted = slot.notes.side ?? (slot.notes.nameStems.contains("quot") ? .second : nil)
                let fit = wanted == nil ? 0 : wanted == side ? 0.8 : -0.8
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

    /// The ISO 4217 code of a currency that is named in English, or written as a code or sign.
    static func code(_ name: String) -> String? {
        if codes.contains(name) { return name }
        let lower = name.lowercased()
        return names[lower] ?? (lower.hasSuffix("s") ? names[String(lower.dropLast())] : nil)
    }

    static let codes = Set(Locale.commonISOCurrencyCodes)

    /// Names of currencies as ICU has them, by their last word too where only one has it, and those that mean one of several.
    private static let names: [String: String] = {
        let locale = Locale(identifier: "en")
        var whole: [String: String] = [:]
        var last: [String: [String]] = [:]
        for code in codes {
            whole[code.lowercased()] = code
            guard let name = locale.localizedString(forCurrencyCode: code)?.lowercased() else { continue }
            whole[name] = code
            if let word = name.split(separator: " ").last { last[String(word), default: []].append(code) }
        }
        for (word, codes) in last where codes.count == 1 { whole[word] = codes[0] }
        return whole.merging(usual) { _, usual in usual }
    }()

    private static let usual = [
        "dollar": "USD", "american dollar": "USD", "$": "USD", "euro": "EUR", "€": "EUR", "pound": "GBP",
        "pound sterling": "GBP", "sterling": "GBP", "£": "GBP", "yen": "JPY", "¥": "JPY", "yuan": "CNY", "rupee": "INR",
        "₹": "INR", "franc": "CHF", "peso": "MXN", "won": "KRW", "real": "BRL", "krona": "SEK", "lira": "TRY",
        "bitcoin": "BTC",
    ]
}
