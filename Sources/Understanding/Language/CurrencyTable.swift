import Foundation
package import Languages

/// What currencies are called.
package struct CurrencyTable: Sendable {
    package let terms: CurrencyTerms
    private let names: [String: String]
    private let plurals: [String]
    /// Stems of the names of parameters for the currency that another is converted to.
    package let quoted: Set<String>
    /// Words of the longest name that is looked for.
    package static let mostWords = 3

    package static let codes = Set(Locale.commonISOCurrencyCodes)

    /// Names of currencies as ICU has them, by their last word too where only one has it, and those that mean one of several.
    ///
    /// Codes are read in lower case too, but for those that are words: "all", "try".
    init(
        _ terms: CurrencyTerms, _ platform: PlatformWords, _ stem: Stem, _ common: CommonWords,
        plurals: WordForms.Plurals
    ) {
        self.terms = terms
        self.plurals = plurals.endings
        quoted = Set(terms.quoted.map(stem.of))
        var whole: [String: String] = [:]
        var last: [String: Set<String>] = [:]
        for code in Self.codes {
            let lower = code.lowercased()
            if common.isContent(lower), !common.isVerb(lower), !common.isQuality(lower) { whole[lower] = code }
            for name in platform.names(ofCurrency: code) {
                whole[name] = code
                if let word = name.split(separator: " ").last { last[String(word), default: []].insert(code) }
            }
        }
        for (word, codes) in last where codes.count == 1 { whole[word] = codes.first }
        names = whole.merging(terms.usual) { _, usual in usual }
    }

    /// The ISO 4217 code of a currency that is named, or written as a code or sign.
    package func code(_ name: String) -> String? {
        if Self.codes.contains(name) { return name }
        let lower = name.lowercased()
        if let code = names[lower] { return code }
        return plurals.lazy.filter(lower.hasSuffix).compactMap { names[String(lower.dropLast($0.count))] }.first
    }
}
