import Foundation

/// What Foundation's ICU knows of a language.
package struct PlatformWords: Sendable {
    /// For each month, January first, its names in lower case.
    package let months: [Set<String>]
    /// For each day of the week, Sunday first, its names in lower case.
    package let weekdays: [Set<String>]
    /// Numbers below a hundred by their names in lower case.
    package let numbers: [String: Double]
    /// What is written behind the digits of an ordinal number: `st`, `nd`, `rd`, `th`.
    package let ordinalEndings: [String]

    private let locales: [Locale]

    package init(locales identifiers: [String]) {
        let locales = identifiers.map(Locale.init)
        self.locales = locales
        let calendars = locales.map { locale in
            var calendar = Calendar(identifier: .gregorian)
            calendar.locale = locale
            return calendar
        }
        months = (0..<12).map { month in
            Set(
                calendars.flatMap { [$0.monthSymbols[month], $0.standaloneMonthSymbols[month]] }.map { $0.lowercased() }
            )
        }
        weekdays = (0..<7).map { day in Set(calendars.map { $0.weekdaySymbols[day].lowercased() }) }
        let formatter = NumberFormatter()
        formatter.locale = locales.first
        func names(_ style: NumberFormatter.Style) -> [String] {
            formatter.numberStyle = style
            // ICU marks where a long word may be broken.
            return (0..<100).map { formatter.string(from: NSNumber(value: $0)) ?? "" }
                .map { $0.replacing("\u{ad}", with: "").lowercased() }
        }
        numbers = Dictionary(
            names(.spellOut).enumerated().map { ($1, Double($0)) }, uniquingKeysWith: { first, _ in first })
        ordinalEndings = Set(names(.ordinal).map { String($0.drop(while: \.isNumber)) }).filter { !$0.isEmpty }.sorted()
    }

    /// The countries and territories of ISO 3166-1, by their names in lower case.
    package var regions: [String: String] {
        let codes = Locale.Region.isoRegions.map(\.identifier).filter { $0.count == 2 && $0.allSatisfy(\.isLetter) }
        return Dictionary(
            codes.flatMap { code in
                locales.compactMap { $0.localizedString(forRegionCode: code) }.map { ($0.lowercased(), code) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of a currency in lower case.
    ///
    /// - Parameter code: by ISO 4217.
    package func names(ofCurrency code: String) -> Set<String> {
        Set(locales.compactMap { $0.localizedString(forCurrencyCode: code)?.lowercased() })
    }
}
