import Core
import Foundation
import Grammar
import Languages
import Understanding

/// What a slot's name and description say about what belongs in it.
struct SlotNotes: Sendable {
    /// Stems of the name's words.
    let nameStems: [String]
    /// Stems of the description's words that say something, without the name's.
    let descriptionStems: [String]
    /// The stems of all words of its beginning.
    let descriptionWords: Set<String>
    let side: Slot.Side?
    /// Which of several alike it is: 1 of `mass1`, `temperature1`, `mass2` and `temperature2`.
    let order: Int?
    /// The unit the value is to be in.
    let unit: MeasuredUnit?
    var theme: Slot.Theme?
    /// Whether a country is asked for by its code of two letters.
    let isCountryCode: Bool
    let isCountry: Bool
    /// Whether a code of something is asked for, and nothing says of what.
    let isCode: Bool
    /// Whether a name is asked for in lower case with hyphens: `tower-bridge`.
    let isSlug: Bool
    /// The identifier that is asked for, if it is one that is written alike everywhere.
    let identifier: IdentifierForm?
    /// Whether an identifier is asked for that has digits, whatever it is: an ISBN.
    let isNumbered: Bool
    /// Whether it says how many results are wanted.
    let isSize: Bool
    /// Which part of a place on the Earth, or of a date, it is.
    let part: Part?
    /// Values the description names.
    let options: [String]
    /// What the description says its values stand for: `'c' for Celsius`.
    let aliases: [String: String]
    /// Whether the description names all values there are.
    let isClosed: Bool
    /// What stands in where nothing is given.
    let fallback: JSONValue?
    let description: String

    init(name: String, schema: JSONValue, kind: Slot.Kind, in language: QuestionLanguage) {
        let description = schema["description"]?.string ?? schema["items"]?["description"]?.string ?? ""
        self.description = description
        let words = language.stem.nameWords(in: name)
        let nameStems = words.map(language.stem.of)
        self.nameStems = nameStems
        // What is said of the default is not what the parameter is about.
        // Nor are examples.
        let patterns = language.descriptions
        let lead = patterns.examples.replacing(
            in: patterns.defaultClause.replacing(in: description, with: "."), with: "")
        descriptionWords = Set(language.stem.all(in: String(description.prefix(300))))
        descriptionStems = Stem.words(in: lead).filter {
            !language.common.general.contains($0) && !language.common.binding.contains($0)
        }.map(language.stem.of)
            .filter { !nameStems.contains($0) }
        side = Self.side(of: words, description: description, language.words.sides)
        order = words.count > 1 ? words.compactMap { Int($0) }.first : nil
        unit = SlotUnit(language: language).unit(of: name, words: words, description: lead)
        theme =
            Self.theme(ofExamples: schema)
            ?? (Self.allows(["EUR", "USD"], not: ["EU", "Euros", "E12"], schema) ? .currency : nil)
            ?? SlotTheme(rules: language.words.themes, words: words, description: lead.lowercased()).theme(
                of: kind, format: schema["format"]?.string)
        isCountryCode = Self.isCountryCode(words, description.lowercased(), schema, language)
        let terms = language.slots.words
        isCountry = words.contains(where: terms.countries.contains)
        isCode = words.last.map(terms.codes.contains) ?? false
        isSlug =
            words.contains(where: terms.slugs.contains) || Self.isSlug(Self.examples(of: schema))
            || Self.allows(["tower-bridge"], not: ["Tower Bridge", "tower bridge", "Tower-Bridge"], schema)
        identifier = IdentifierForm(name: words)
        isNumbered = words.last.map(terms.numbered.contains) ?? false
        isSize = terms.sizes.contains(words.joined(separator: " "))
        part = Self.part(words, language.slots.words)
        fallback = schema["default"] ?? Self.fallback(in: description, kind: kind, language)
        let named = Self.options(in: description, patterns)
        if case .text = kind { options = named } else if case .texts = kind { options = named } else { options = [] }
        aliases = Dictionary(
            patterns.alias.matches(in: description).map { ($0.text(2).lowercased(), String($0.text(1))) },
            uniquingKeysWith: { first, _ in first })
        isClosed =
            options.count > 1 && patterns.closed.isFound(in: description) && !patterns.open.isFound(in: description)
    }

    /// A number that is one of several of one thing.
    enum Part: Sendable, Hashable { case latitude, longitude, year, month, day }

    private static func part(_ words: [String], _ terms: SlotWords) -> Part? {
        guard let word = words.last else { return nil }
        if terms.latitudes.contains(word) { return .latitude }
        if terms.longitudes.contains(word) { return .longitude }
        guard words.count == 1 else { return nil }
        let forms = terms.dateForms
        if (forms.yearLetters + forms.year).contains(word) { return .year }
        if (forms.monthLetters + forms.month).contains(word) { return .month }
        return (forms.dayLetters + forms.day).contains(word) ? .day : nil
    }

    /// Whether a pattern allows some texts and not others, which tells the form of a code.
    private static func allows(_ some: [String], not others: [String], _ schema: JSONValue) -> Bool {
        guard let pattern = schema["pattern"] else { return false }
        func isAllowed(_ text: String) -> Bool {
            SchemaValidator.verdict(on: .string(text), of: ["type": "string", "pattern": pattern], document: .null)
                .isInstance
        }
        return some.allSatisfy(isAllowed) && !others.contains(where: isAllowed)
    }

    private static func isCountryCode(
        _ words: [String], _ description: String, _ schema: JSONValue, _ language: QuestionLanguage
    ) -> Bool {
        let name = words.joined(separator: " ")
        if allows(["DE", "FR"], not: ["DEU", "Germany", "D1"], schema) { return true }
        let isAsked = language.slots.words.countryCodes.contains { description.contains($0) || name.contains($0) }
        return isAsked && (schema["maxLength"]?.integer ?? 2) == 2 && (schema["minLength"]?.integer ?? 2) <= 2
    }

    // MARK: The description

    private static func fallback(
        in description: String, kind: Slot.Kind, _ language: QuestionLanguage
    ) -> JSONValue? {
        guard let match = language.descriptions.defaultValue.firstMatch(in: description) else { return nil }
        let written = match.text(1).trimmingCharacters(in: .whitespaces)
        switch kind {
        case .number(let isInteger):
            let figures = Array(written)
            guard let first = figures.firstIndex(where: \.isNumber),
                let figure = Figure(at: first, in: figures)
            else { return written.lowercased().hasPrefix(language.numbers.zero) ? 0 : nil }
            return isInteger && !figure.json.isWhole ? .none : .some(figure.json)
        case .flag:
            return written.lowercased().hasPrefix("true") ? true : written.lowercased().hasPrefix("false") ? false : nil
        case .choice(let values):
            return values.first { $0.string?.lowercased() == written.lowercased() }
        case .text: return .string(written)
        default: return nil
        }
    }

    /// What stands in quotation marks, or as "(percentage or fraction)".
    private static func options(in description: String, _ patterns: DescriptionPatterns) -> [String] {
        let quoted = DescriptionPatterns.quotedValue.matches(in: description).map { String($0.text(1)) }
        if quoted.count > 1 {
            var seen: Set<String> = []
            return quoted.filter { seen.insert($0).inserted }
        }
        if let match = patterns.enumeration.firstMatch(in: description) {
            let parts = match.text(1).split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            let items = parts.map { patterns.joining.replacing(in: $0, with: "") }
                .filter { !patterns.terms.andSoOn.contains($0) && !$0.isEmpty }
            if items.allSatisfy({ !$0.contains(where: \.isNumber) }) { return quoted + items }
        }
        guard let match = patterns.alternatives.firstMatch(in: description) else { return quoted }
        let parts = patterns.or.replacing(in: match.text(1), with: ",").split(separator: ",")
        return parts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.split(separator: " ").count <= 3 }
    }

    // MARK: Its meaning

    /// Words of a description in which it says which of a pair is meant.
    private static let lookedAt = 6

    private static func side(of words: [String], description: String, _ sides: SideWords) -> Slot.Side? {
        for (index, word) in words.enumerated() {
            if sides.names.first.contains(word) { return .first }
            if sides.names.second.contains(word),
                !sides.towards.contains(word) || index == 0 || index == words.count - 1
            {
                return .second
            }
        }
        let said = Stem.words(in: description).prefix(lookedAt)
        if said.contains(where: sides.descriptions.first.contains) { return .first }
        return said.contains(where: sides.descriptions.second.contains) ? .second : nil
    }

    private static func examples(of schema: JSONValue) -> [String] {
        ([schema["example"]] + (schema["examples"]?.array ?? [])).compactMap { $0?.string }
    }

    /// Whether there are examples, and all are names in lower case with hyphens.
    private static func isSlug(_ examples: [String]) -> Bool {
        !examples.isEmpty && examples.contains { $0.contains("-") }
            && examples.allSatisfy { $0.first?.isLetter == true && $0.allSatisfy { $0.isLowercase || $0 == "-" } }
    }

    /// What the examples of a value are of: "EUR" is a currency.
    private static func theme(ofExamples schema: JSONValue) -> Slot.Theme? {
        let examples = examples(of: schema)
        return !examples.isEmpty && examples.allSatisfy(CurrencyTable.codes.contains) ? .currency : nil
    }
}
