import Core
import Foundation

/// What a slot's name and description say about what belongs in it.
struct SlotNotes: Sendable {
    /// Stems of the name's words.
    let nameStems: [String]
    /// Stems of the description's words that say something, without the name's.
    let descriptionStems: [String]
    let side: Slot.Side?
    /// Which of several alike it is: 1 of `mass1`, `temperature1`, `mass2` and `temperature2`.
    let order: Int?
    /// The unit the value is to be in.
    let unit: Unit?
    let theme: Slot.Theme?
    /// Values the description names.
    let options: [String]
    /// What the description says its values stand for: `'c' for Celsius`.
    let aliases: [String: String]
    /// Whether the description names all values there are.
    let isClosed: Bool
    /// What stands in where nothing is given.
    let fallback: JSONValue?
    let description: String

    init(name: String, schema: JSONValue, kind: Slot.Kind) {
        let description = schema["description"]?.string ?? schema["items"]?["description"]?.string ?? ""
        self.description = description
        let words = Stem.nameWords(in: name)
        let nameStems = words.map(Stem.of)
        self.nameStems = nameStems
        // What is said of the default is not what the parameter is about.
        // Nor are examples.
        let lead = Self.examples.replacing(in: Self.withoutDefault(description), with: "")
        descriptionStems = Stem.words(in: lead).filter {
            !CommonWords.general.contains($0) && !CommonWords.binding.contains($0)
        }.map(Stem.of)
            .filter { !nameStems.contains($0) }
        side = Self.side(of: words, description: description)
        order = words.count > 1 ? words.compactMap { Int($0) }.first : nil
        unit = Self.unit(of: name, words: words, description: lead)
        theme =
            Self.theme(ofExamples: schema)
            ?? Self.theme(of: words, description: lead.lowercased(), kind: kind, format: schema["format"]?.string)
        fallback = schema["default"] ?? Self.fallback(in: description, kind: kind)
        let named = Self.options(in: description)
        if case .text = kind { options = named } else if case .texts = kind { options = named } else { options = [] }
        aliases = Dictionary(
            Self.alias.matches(in: description).map { ($0.text(2).lowercased(), String($0.text(1))) },
            uniquingKeysWith: { first, _ in first })
        isClosed =
            options.count > 1 && Self.closed.isFound(in: description) && !Self.open.isFound(in: description)
    }

    // MARK: The description

    private static func withoutDefault(_ description: String) -> String {
        defaultClause.replacing(in: description, with: ".")
    }

    private static func fallback(in description: String, kind: Slot.Kind) -> JSONValue? {
        guard let match = defaultValue.firstMatch(in: description) else { return nil }
        let written = match.text(1).trimmingCharacters(in: .whitespaces)
        switch kind {
        case .number(let isInteger):
            let figures = Array(written)
            guard let first = figures.firstIndex(where: \.isNumber),
                let figure = Figure(at: first, in: figures)
            else { return written.lowercased().hasPrefix("zero") ? 0 : nil }
            return isInteger && !figure.json.isWhole ? nil : figure.json
        case .flag:
            return written.lowercased().hasPrefix("true") ? true : written.lowercased().hasPrefix("false") ? false : nil
        case .choice(let values):
            return values.first { $0.string?.lowercased() == written.lowercased() }
        case .text: return .string(written)
        default: return nil
        }
    }

    /// What stands in quotation marks, or as "(percentage or fraction)".
    private static func options(in description: String) -> [String] {
        let quoted = quotedValue.matches(in: description).map { String($0.text(1)) }
        if quoted.count > 1 {
            var seen: Set<String> = []
            return quoted.filter { seen.insert($0).inserted }
        }
        if let match = enumeration.firstMatch(in: description) {
            let parts = match.text(1).split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            let items = parts.map { binding.replacing(in: $0, with: "") }.filter { $0 != "etc" && !$0.isEmpty }
            if items.allSatisfy({ !$0.contains(where: \.isNumber) }) { return quoted + items }
        }
        guard let match = alternatives.firstMatch(in: description) else { return quoted }
        let parts = or.replacing(in: match.text(1), with: ",").split(separator: ",")
        return parts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.split(separator: " ").count <= 3 }
    }

    // MARK: Its meaning

    private static func side(of words: [String], description: String) -> Slot.Side? {
        for (index, word) in words.enumerated() {
            if firsts.contains(word) { return .first }
            if seconds.contains(word), word != "to" || index == 0 || index == words.count - 1 { return .second }
        }
        let said = Stem.words(in: description).prefix(6)
        if said.contains(where: { ["first", "starting", "start", "initial", "origin", "lower"].contains($0) }) {
            return .first
        }
        if said.contains(where: { ["second", "ending", "end", "final", "destination", "upper"].contains($0) }) {
            return .second
        }
        return nil
    }

    private static let firsts: Set<String> = [
        "from", "start", "initial", "origin", "source", "lower", "min", "minimum", "begin", "first", "departure",
        "base",
        "starting", "home", "lhs",
    ]
    private static let seconds: Set<String> = [
        "to", "end", "final", "destination", "target", "upper", "max", "maximum", "second", "arrival", "until",
        "ending",
        "dest",
    ]

    private static func unit(of name: String, words: [String], description: String) -> Unit? {
        // "weight_kg", "duration_in_hours".
        if words.count > 1, let last = words.last, let unit = Unit.named(last), last.count > 1 || words.contains("in") {
            if unit.dimension != .time || last.hasSuffix("s") { return unit }
        }
        if let match = measuredIn.firstMatch(in: description),
            match.text.hasPrefix("in") || match.text.hasPrefix("(in") || match.text.hasPrefix("measured"),
            let unit = leading(String(match.text(1)))
        {
            return unit
        }
        for match in unitPlace.matches(in: description) {
            if let unit = leading(String(match.text(1))), match.text(1) != "a" { return unit }
        }
        if words.count == 1 || words.first == "num", let last = words.last, last.hasSuffix("s"),
            let unit = Unit.named(last),
            unit.dimension == .time
        {
            return unit
        }
        if let match = numberOf.firstMatch(in: description.lowercased()),
            let unit = Unit.named(String(match.text(1))) ?? match[2].flatMap({ Unit.named(String($0)) }),
            unit.dimension == .time
        {
            return unit
        }
        return nil
    }

    /// The longest unit that a text begins with.
    private static func leading(_ text: String) -> Unit? {
        let words = text.split(separator: " ").map(String.init)
        for count in stride(from: min(Unit.mostWords, words.count), through: 1, by: -1) {
            let spelling = words.prefix(count).joined(separator: " ")
            // "in a", "in the": no ampere.
            if spelling.count == 1,
                !["m", "g", "K", "C", "F", "V", "A", "H", "T", "N", "W", "J", "%", "$"].contains(spelling)
            {
                continue
            }
            if let unit = Unit.named(spelling) { return unit }
        }
        return nil
    }

    /// What the examples of a value are of: "EUR" is a currency.
    private static func theme(ofExamples schema: JSONValue) -> Slot.Theme? {
        let examples = ([schema["example"]] + (schema["examples"]?.array ?? [])).compactMap { $0?.string }
        return !examples.isEmpty && examples.allSatisfy(CurrencyNames.codes.contains) ? .currency : nil
    }

    private static func theme(of words: [String], description: String, kind: Slot.Kind, format: String?) -> Slot.Theme?
    {
        let names = Set(words)
        func named(_ list: Set<String>) -> Bool { !names.isDisjoint(with: list) }
        switch kind {
        case .number, .numbers:
            if words.last(where: { !$0.allSatisfy(\.isNumber) }) == "year", !names.contains("per") { return .year }
            if named([
                "rate", "percentage", "percent", "yield", "probability", "interest", "discount", "ratio", "tax",
                "return", "growth",
            ]),
                !named(["amount", "number", "num"])
            {
                return .rate
            }
            if named([
                "price", "cost", "budget", "investment", "principal", "principle", "salary", "income", "payment",
                "revenue", "fee", "deposit", "loan", "money", "dividend", "payout", "equity", "value",
            ])
                || description.contains("dollar") || description.contains("amount of money")
            {
                return .money
            }
            if named(["number", "num", "count", "n", "limit", "total"]) || description.hasPrefix("number of")
                || description.contains("the number of") || description.contains("how many")
            {
                return .count
            }
            return nil
        case .flag, .choice, .choices, .other: return nil
        case .text, .texts:
            if format == "date" || named(["date", "birthday", "dob", "birthdate"])
                || description.contains("yyyy")
            {
                return .date
            }
            if format == "time" || named(["time"]) && !named(["zone"]) { return .time }
            if named(["unit", "units", "measure", "measurement"]) { return .unit }
            if named(["currency", "currencies"]) { return .currency }
            if named(["language", "lang"]) { return .language }
            if named([
                "body", "message", "content", "text", "caption", "comment", "note", "prompt", "phrase", "sentence",
            ]) {
                return .message
            }
            if named(["function", "formula", "equation", "expression", "polynomial", "func"]) { return .formula }
            if named([
                "id", "identifier", "code", "number", "docket", "path", "file", "url", "email", "sequence", "dataset",
                "compound", "key",
            ]) {
                return .identifier
            }
            if named([
                "company", "companies", "organization", "organisation", "brand", "team", "corporation", "employer",
                "league",
            ]) {
                return .organisation
            }
            if named([
                "location", "city", "country", "state", "county", "place", "region", "address", "destination", "origin",
                "area", "town", "jurisdiction", "venue", "cities", "countries", "locations", "airport", "neighborhood",
                "continent",
            ])
                || description.contains("city and state") || description.contains("name of the city")
                || description.contains("the city") && !named(["type", "name"])
            {
                return .place
            }
            if named([
                "artist", "author", "actor", "player", "director", "composer", "lawyer", "person", "user", "painter",
                "sculptor", "athlete", "singer", "writer", "leader", "president", "scientist", "employee", "customer",
            ])
                || description.contains("name of the person") || description.contains("full name")
            {
                return .person
            }
            if named(["year"]) { return .year }
            if named(["title", "book", "movie", "song", "game", "film", "album"]) { return .title }
            return nil
        }
    }
}
