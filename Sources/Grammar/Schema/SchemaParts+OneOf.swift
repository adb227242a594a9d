import Core

extension SchemaParts {
    /// Whether no value can meet two of the alternatives, as far as types, constants and required members tell.
    mutating func areDisjoint(_ alternatives: [[FlatSchema]], at place: String) throws(GrammarError) -> Bool {
        for (index, first) in alternatives.enumerated() {
            for second in alternatives[(index + 1)...] {
                for a in first {
                    for b in second where try !areDisjoint(a, b, at: place) { return false }
                }
            }
        }
        return true
    }

    private mutating func areDisjoint(
        _ a: FlatSchema, _ b: FlatSchema, at place: String
    ) throws(GrammarError) -> Bool {
        let types = (a["type"]?.array).flatMap { first in b["type"]?.array.map { Self.common(first, $0) } }
        if types?.isEmpty == true { return true }
        if let first = a["enum"]?.array, let second = b["enum"]?.array {
            try spend(1 + (first.count + second.count) / 16, at: place)
            return Set(first).isDisjoint(with: second)
        }
        // What is no object has no members, and meets what is asked of them: both must ask for one.
        guard types == ["object"] else { return false }
        let (first, second) = (a["required"]?.array ?? [], b["required"]?.array ?? [])
        try spend(1 + (first.count + second.count) / 4, at: place)
        let others = Set(second)
        for key in first.compactMap(\.string) where others.contains(.string(key)) {
            guard let one = Self.constants(a, key), let other = Self.constants(b, key) else { continue }
            try spend(1 + (one.count + other.count) / 16, at: place)
            if Set(one).isDisjoint(with: other) { return true }
        }
        return false
    }

    /// The only values that a declared member can have.
    private static func constants(_ flat: FlatSchema, _ key: String) -> [JSONValue]? {
        let schema = flat["properties"]?[key]?.object
        return (schema?["const"].map { [$0] } ?? schema?["enum"]?.array)?.map(canonical)
    }

    /// A value as equal ones are: JSON Schema makes no difference between 1 and 1.0.
    static func canonical(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): Int(exactly: number).map(JSONValue.integer) ?? value
        case .array(let items): .array(items.map(canonical))
        case .object(let members): .object(members.mapValues(canonical))
        default: value
        }
    }
}
