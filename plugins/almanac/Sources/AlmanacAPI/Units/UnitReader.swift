import Foundation

/// Finds units by name, plural or symbol.
struct UnitReader: Sendable {
    private let exact: [String: [Unit]]
    private let loose: [String: [Unit]]

    init(_ units: [Unit] = Unit.all) {
        var exact: [String: [Unit]] = [:]
        var loose: [String: [Unit]] = [:]
        for unit in units {
            for name in [unit.name, unit.plural] + unit.names {
                exact[name, default: []].append(unit)
                loose[Self.key(name), default: []].append(unit)
            }
        }
        self.exact = exact
        self.loose = loose
    }

    /// The two units of one conversion, which say the same kind of thing: in `10 ounces to liters` the ounce is the
    /// fluid one, in `90 degrees to radians` a degree no temperature.
    ///
    /// - Throws: `AlmanacError` where a unit is not known or the two measure different things.
    func pair(_ from: String, _ to: String) throws(AlmanacError) -> (from: Unit, to: Unit) {
        let sources = try candidates(from)
        let targets = try candidates(to)
        for source in sources {
            if let target = targets.first(where: { $0.dimension == source.dimension }) { return (source, target) }
        }
        let (source, target) = (sources[0], targets[0])
        throw AlmanacError(
            .invalid,
            "cannot convert \(source.plural) to \(target.plural): the one is \(source.dimension.phrase), the other \(target.dimension.phrase)"
        )
    }

    /// What a name may mean, the likeliest first; never empty.
    private func candidates(_ text: String) throws(AlmanacError) -> [Unit] {
        let shown = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !shown.isEmpty else { throw AlmanacError(.invalid, "the unit is empty; name one such as kilometer") }
        let key = Self.key(shown)
        var found = exact[shown] ?? []
        for name in [key, Self.singular(key)] { found += loose[name] ?? [] }
        // The same word for other things: their kin, if the other unit asks for it.
        for (word, kin) in Self.kin where found.contains(where: { $0.name == word }) { found += loose[kin] ?? [] }
        if found.isEmpty { throw unknown(shown, key) }
        return found
    }

    private static let kin = [
        ("ounce", "fluid ounce"), ("degree", "celsius"), ("minute", "arcminute"), ("second", "arcsecond"),
        ("calorie", "kilocalorie"),
    ]

    private func unknown(_ shown: String, _ key: String) -> AlmanacError {
        if Self.currencies.contains(Self.singular(key)) {
            return AlmanacError(
                .unknown, "\"\(shown)\" is a currency: exchange rates are not known here, only units of measure")
        }
        let near = Unit.all.compactMap { unit in
            key.distance(to: unit.name, limit: 2).map { (distance: $0, name: unit.name) }
        }
        .min { $0.distance < $1.distance }
        let advice =
            near.map { "Did you mean \($0.name)?" }
            ?? "Write it out in English, such as kilometer, pound or fahrenheit."
        return AlmanacError(.unknown, "I know no unit called \"\(shown)\". \(advice)")
    }

    private static let currencies: Set = [
        "dollar", "euro", "usd", "eur", "gbp", "yen", "rupee", "franc", "peso", "$", "€", "£",
    ]

    /// A name as it is compared in any case: small letters, one space for spaces, hyphens and underscores, no dots.
    private static func key(_ text: String) -> String {
        text.lowercased().replacing(".", with: "").split { " -_".contains($0) }.joined(separator: " ")
    }

    /// A plural without its ending: `kilometres`, `inches`, `degrees celsius`.
    private static func singular(_ key: String) -> String {
        var words = key.split(separator: " ").map(String.init)
        for (index, word) in words.enumerated() where word.count > 3 && word.hasSuffix("s") && word != "celsius" {
            words[index] = String(word.dropLast(word.hasSuffix("ches") ? 2 : 1))
        }
        return words.joined(separator: " ")
    }
}
